package io.millrace.local.bench;

import io.millrace.local.bench.frame.BenchContext;
import io.millrace.local.bench.frame.BenchOptions;
import io.millrace.local.bench.frame.ResultTable;
import io.millrace.local.bench.frame.Rounds;
import io.millrace.local.bench.frame.Scenario;
import io.millrace.local.bench.frame.ScenarioResult;
import io.millrace.local.stack.Shutdown;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.ProcessSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace bench} of one scenario. Ends with 0 when it was measured, whatever came out. */
@Command(sortOptions = false)
final class ScenarioCommand implements Callable<Integer> {

  @Mixin private BenchOptions options = new BenchOptions();

  private final Scenario scenario;
  private final Terminal terminal;

  private ScenarioCommand(Scenario scenario, Terminal terminal) {
    this.scenario = scenario;
    this.terminal = terminal;
  }

  static CommandLine commandLine(Scenario scenario, Terminal terminal) {
    CommandLine line = new CommandLine(new ScenarioCommand(scenario, terminal));
    line.getCommandSpec()
        .name(scenario.name())
        .usageMessage()
        .description(scenario.about().replace("%", "%%"));
    return line;
  }

  @Override
  public Integer call() throws Exception {
    options.check();
    String missing = scenario.missing(options);
    if (missing != null) {
      throw new CommandFailedException("bench " + scenario.name() + " " + missing);
    }
    ProcessSetup.logTo(options.workspace().log("bench-" + scenario.name()));
    ProcessSetup.nativeLibrariesIn(options.workspace().root().resolve("native"));
    Shutdown shutdown = Shutdown.install();
    try {
      BenchContext context = new BenchContext(options, terminal, shutdown);
      ScenarioResult result =
          new Rounds(scenario, options.repeat(), terminal).run(scenario.sides(context));
      new ResultTable(terminal).show(result);
      Path summary = options.summary();
      if (summary != null) {
        Files.writeString(summary, result.toJson());
      }
      return 0;
    } catch (Exception e) {
      if (shutdown.begun()) {
        return 1;
      }
      throw e;
    } finally {
      shutdown.close();
    }
  }
}
