package io.millrace.local.chaos;

import io.millrace.local.stack.Shutdown;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.local.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace chaos}. */
@Command(
    name = "chaos",
    description =
        "Puts a whole stack of its own under load, breaks a part of it, and checks that every"
            + " accepted job has exactly one committed result, with the outcome that it must have."
            + " Exits with 1 when that is not so.",
    footerHeading = "%nScenarios:%n",
    sortOptions = false)
public final class ChaosCommand implements Callable<Integer> {

  private static final int MAX_REQUESTS = 1_000_000;

  /** Each scenario's harm needs some load around it. */
  private static final int MIN_REQUESTS = 100;

  private static final int MIN_SECONDS = 4;
  private static final int MAX_SECONDS = 3_600;

  @Parameters(arity = "0..*", paramLabel = "SCENARIO", description = "As listed below; or all.")
  private List<String> names = List.of();

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "Requests of each scenario. Default: a minute's worth or less.")
  private @Nullable Integer requests;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long the load of overload goes on. Default: ${DEFAULT-VALUE}.")
  private int seconds = (int) Overload.LOAD.toSeconds();

  @Option(
      names = "--summary",
      paramLabel = "FILE.json",
      description = "Also write the counts here: an object, or an array for several scenarios.")
  private @Nullable Path summary;

  @Mixin private Workspace workspace = new Workspace();

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;

  private ChaosCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  public static CommandLine commandLine(Terminal terminal) {
    CommandLine line = new CommandLine(new ChaosCommand(terminal));
    List<String> footer = new ArrayList<>();
    int width = Scenarios.all().stream().mapToInt(s -> s.name().length()).max().orElse(0);
    for (Scenario scenario : Scenarios.all()) {
      String indent = " ".repeat(width + 4);
      List<String> lines = wrapped(scenario.about(), 78 - indent.length());
      footer.add(
          "  " + scenario.name() + " ".repeat(width - scenario.name().length() + 2) + lines.get(0));
      lines.stream().skip(1).map(more -> indent + more).forEach(footer::add);
    }
    line.getCommandSpec()
        .usageMessage()
        .footer(footer.stream().map(text -> text.replace("%", "%%")).toArray(String[]::new));
    return line;
  }

  private static List<String> wrapped(String text, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() + word.length() >= columns) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  @Override
  public Integer call() throws Exception {
    List<Scenario> scenarios = scenarios();
    requireWritable();
    ProcessSetup.logTo(workspace.log("chaos"));
    Shutdown shutdown = Shutdown.install();
    try {
      List<ScenarioReport> reports =
          new Chaos(workspace, terminal, shutdown)
              .run(scenarios, requests, Duration.ofSeconds(seconds));
      if (summary != null) {
        Files.writeString(
            summary, Verdict.toJson(reports.stream().map(ScenarioReport::verdict).toList()));
      }
      return reports.stream().allMatch(ScenarioReport::passed) ? 0 : 1;
    } catch (Exception e) {
      if (shutdown.begun()) {
        return 1;
      }
      throw e;
    }
  }

  private List<Scenario> scenarios() {
    try {
      if (requests != null && (requests < MIN_REQUESTS || requests > MAX_REQUESTS)) {
        throw new IllegalArgumentException(
            "Invalid value for option '--requests': expected %d to %d, found %d"
                .formatted(MIN_REQUESTS, MAX_REQUESTS, requests));
      }
      if (seconds < MIN_SECONDS || seconds > MAX_SECONDS) {
        throw new IllegalArgumentException(
            "Invalid value for option '--seconds': expected %d to %d, found %d"
                .formatted(MIN_SECONDS, MAX_SECONDS, seconds));
      }
      return Scenarios.named(names);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(Objects.requireNonNull(spec).commandLine(), e.getMessage(), e);
    }
  }

  /** Said before minutes of work, not after. */
  private void requireWritable() {
    if (summary == null) {
      return;
    }
    try {
      Files.writeString(summary, "");
    } catch (IOException e) {
      throw new CommandFailedException("Cannot write " + summary + ": " + e.getMessage(), e);
    }
  }
}
