package io.millrace.local.evaluation;

import io.millrace.evaluation.EvaluationException;
import io.millrace.evaluation.EvaluationLog;
import io.millrace.evaluation.EvaluationRequest;
import io.millrace.evaluation.EvaluationRun;
import io.millrace.evaluation.report.EvaluationLimits;
import io.millrace.evaluation.report.EvaluationReport;
import io.millrace.evaluation.report.ReportFiles;
import io.millrace.evaluation.speed.SpeedPlan;
import io.millrace.jobs.config.ConfigException;
import io.millrace.jobs.config.ConfigReader;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.Terminal;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.schemas.SemanticVersionOrder;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.ModelEvaluation;
import io.millrace.security.KafkaCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace evaluate}. */
@Command(
    name = "evaluate",
    description =
        "Holds a candidate against production on labelled rows: quality with confidence intervals,"
            + " speed, size, and a verdict by limits. With a broker the result is recorded, so that"
            + " a rollout of the candidate can start. Exits with 1 when it does not pass.",
    sortOptions = false)
public final class EvaluateCommand implements Callable<Integer> {

  private static final String ENVIRONMENT = "MILLRACE_EVALUATION_";

  @Parameters(index = "0", paramLabel = "MODEL", description = "The model's name.")
  private String model = "";

  @Parameters(
      index = "1",
      paramLabel = "CANDIDATE",
      description = "The version that wants to be production's successor.")
  private String candidate = "";

  @Option(
      names = "--production",
      paramLabel = "VERSION",
      description =
          "The version that it is held against. Default: the one in production; without a broker"
              + " the newest in the repository that is older than the candidate.")
  private @Nullable String production;

  @Option(
      names = "--data",
      paramLabel = "FILE.csv",
      description =
          "Rows with the columns text and category (or label); of a file with the column split the"
              + " rows of the split test. Default for the sample model: its held-out rows.")
  private @Nullable Path data;

  @Option(
      names = "--limit",
      paramLabel = "NAME=VALUE",
      description = "Another value for one of the limits, see docs/evaluation.md. Repeatable.")
  private Map<String, Double> limits = new LinkedHashMap<>();

  @Option(
      names = "--limits",
      paramLabel = "FILE.yaml",
      description = "Limits by name; those that are not there keep their defaults.")
  private @Nullable Path limitsFile;

  @Option(
      names = "--summary",
      paramLabel = "FILE.json",
      description = "Also write the figures here.")
  private @Nullable Path summary;

  @Mixin private EvaluationOptions options = new EvaluationOptions();

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;
  private final Clock clock;

  public EvaluateCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    EvaluationLimits judged = judged();
    options.prepare("evaluate");
    String before = before();
    EvaluationRequest request =
        new EvaluationRequest(
            options.repository(),
            model,
            candidate,
            before,
            TestRows.read(model, data),
            judged,
            SpeedPlan.DEFAULT);
    try (RunDisplay display = new RunDisplay(terminal)) {
      EvaluationReport report = new EvaluationRun(clock).run(request, display);
      display.close();
      return finish(report);
    } catch (EvaluationException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private int finish(EvaluationReport report) throws EvaluationException, IOException {
    ReportFiles files =
        ReportFiles.write(
            report,
            options.out(
                "%s-%s-against-%s".formatted(model, candidate, report.production().version())));
    EvaluationView.print(report, files, terminal);
    ModelEvaluation evaluation = report.toModelEvaluation();
    Optional<KafkaCluster> broker = options.kafka();
    if (broker.isPresent()) {
      new EvaluationLog(broker.get()).write(evaluation);
      terminal.line("Recorded in model.evaluations at " + broker.get());
    } else {
      terminal.line(
          "Not recorded: no stack runs on %s, and no --bootstrap-servers were given; a rollout needs a recorded evaluation."
              .formatted(options.root()));
    }
    if (summary != null) {
      Files.writeString(
          summary, EvaluationSummary.of(evaluation, broker.isPresent(), files).toJson());
    }
    return report.passed() ? 0 : 1;
  }

  private EvaluationLimits judged() {
    try {
      EvaluationLimits judged =
          new ConfigReader<>(EvaluationLimits.class, ENVIRONMENT).load(limitsFile, System.getenv());
      for (Map.Entry<String, Double> limit : limits.entrySet()) {
        judged = judged.with(limit.getKey(), limit.getValue());
      }
      return judged;
    } catch (ConfigException e) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private String before() {
    if (production != null) {
      return production;
    }
    return options
        .deployment(model, clock)
        .map(Deployment::getVersion)
        .or(this::older)
        .orElseThrow(
            () ->
                new CommandFailedException(
                    "%s is not deployed, and %s has no version before %s: name one with --production"
                        .formatted(model, options.repository(), candidate)));
  }

  private Optional<String> older() {
    SemanticVersionOrder order = new SemanticVersionOrder();
    return new LocalModelRepository(options.repository())
        .list().stream()
            .filter(version -> version.model().equals(model))
            .map(ModelVersion::version)
            .filter(version -> order.compare(version, candidate) < 0)
            .reduce((older, newer) -> newer);
  }
}
