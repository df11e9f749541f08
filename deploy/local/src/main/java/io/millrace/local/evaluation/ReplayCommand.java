package io.millrace.local.evaluation;

import io.millrace.evaluation.EvaluationException;
import io.millrace.evaluation.replay.ReplayRequest;
import io.millrace.evaluation.replay.ReplayRun;
import io.millrace.evaluation.report.ReplayReport;
import io.millrace.evaluation.report.ReportFiles;
import io.millrace.local.deadletters.Since;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.Terminal;
import io.millrace.schemas.avro.Deployment;
import io.millrace.security.KafkaCluster;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace replay}. */
@Command(
    name = "replay",
    description =
        "Asks a version the requests of a time range again and compares its answers with those of"
            + " production. Writes nothing to the live topics and touches no result cache.",
    sortOptions = false)
public final class ReplayCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "MODEL", description = "The model's name.")
  private String model = "";

  @Parameters(index = "1", paramLabel = "VERSION", description = "The version to ask.")
  private String version = "";

  @Option(
      names = "--from",
      required = true,
      paramLabel = "TIME",
      description = "Requests from then on: 30m, 12h, 7d ago, or 2026-11-01T12:00:00Z.")
  private String from = "";

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Requests before then, likewise. Default: now.")
  private String to = "0s";

  @Option(
      names = "--price-per-hour",
      paramLabel = "PRICE",
      description = "What an hour of model time costs. Default: what the deployment says.")
  private @Nullable Double price;

  @Mixin private EvaluationOptions options = new EvaluationOptions();

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;
  private final Clock clock;

  public ReplayCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    Instant first = time("--from", from);
    Instant end = time("--to", to);
    if (!first.isBefore(end)) {
      throw wrong("--from %s is not before --to %s".formatted(first, end));
    }
    options.prepare("replay");
    KafkaCluster broker =
        options
            .kafka()
            .orElseThrow(
                () ->
                    new CommandFailedException(
                        "No stack runs on the data directory %s. Start one with: millrace up; or"
                                .formatted(options.root())
                            + " name a broker with --bootstrap-servers host:port"));
    ReplayRequest request =
        new ReplayRequest(options.repository(), model, version, broker, first, end, price());
    try (RunDisplay display = new RunDisplay(terminal)) {
      ReplayReport report = new ReplayRun(clock).run(request, display);
      display.close();
      ReplayView.print(
          report,
          ReportFiles.write(report, options.out("%s-%s-replay".formatted(model, version))),
          terminal);
      return 0;
    } catch (EvaluationException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private @Nullable Double price() {
    if (price == null) {
      return options.deployment(model, clock).map(Deployment::getPricePerHour).orElse(null);
    }
    if (!(price >= 0 && Double.isFinite(price))) {
      throw wrong("--price-per-hour: expected 0 or more, found " + price);
    }
    return price;
  }

  private Instant time(String option, String text) {
    try {
      return Since.parse(option, text, clock);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }
}
