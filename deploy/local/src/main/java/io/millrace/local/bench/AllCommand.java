package io.millrace.local.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.local.bench.frame.BenchOptions;
import io.millrace.local.bench.frame.Scenario;
import io.millrace.local.demo.SummaryFiles;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code millrace bench all}: each scenario in a process of its own, so that none measures what an
 * earlier one has left in memory.
 */
@Command(
    name = "all",
    description =
        "Measures all scenarios, one after the other, each in a process of its own. The summary is"
            + " an array of theirs. A scenario that lacks something is left out.",
    sortOptions = false)
final class AllCommand implements Callable<Integer> {

  @Mixin private BenchOptions options = new BenchOptions();

  private final List<Scenario> scenarios;
  private final Launcher launcher;
  private final Terminal terminal;

  /** Runs {@code millrace} with arguments in a process of its own. */
  interface Launcher {

    /** Waits for its end; returns the exit code. */
    int run(List<String> arguments) throws IOException, InterruptedException;
  }

  AllCommand(List<Scenario> scenarios, Launcher launcher, Terminal terminal) {
    this.scenarios = List.copyOf(scenarios);
    this.launcher = launcher;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    options.check();
    Path directory = Files.createDirectories(options.workspace().bench().resolve("summaries"));
    ObjectMapper json = JsonMapper.builder().build();
    List<Object> summaries = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      terminal.line();
      terminal.line(terminal.styled(Style.BOLD, "bench " + scenario.name()));
      String missing = scenario.missing(options);
      if (missing != null) {
        terminal.line("left out: it " + missing);
        summaries.add(Map.of("scenario", scenario.name(), "left_out", missing));
        continue;
      }
      Path summary = directory.resolve(scenario.name() + ".json");
      Files.deleteIfExists(summary);
      if (launcher.run(arguments(scenario, summary)) == 0) {
        summaries.add(json.readTree(summary.toFile()));
      } else {
        failed.add(scenario.name());
        summaries.add(Map.of("scenario", scenario.name(), "failed", true));
      }
    }
    Path summary = options.summary();
    if (summary != null) {
      Files.writeString(summary, SummaryFiles.json(summaries));
    }
    if (!failed.isEmpty()) {
      throw new CommandFailedException("Not measured: " + String.join(", ", failed));
    }
    return 0;
  }

  private List<String> arguments(Scenario scenario, Path summary) {
    List<String> arguments = new ArrayList<>(List.of("bench", scenario.name()));
    arguments.addAll(options.arguments(summary));
    return arguments;
  }
}
