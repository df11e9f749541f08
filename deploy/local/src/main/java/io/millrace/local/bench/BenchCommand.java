package io.millrace.local.bench;

import io.millrace.local.bench.frame.Scenario;
import io.millrace.local.terminal.Terminal;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace bench}. */
@Command(
    name = "bench",
    description =
        "Measures settings against each other, in turn and in one run: figures of different runs"
            + " on a shared machine cannot be compared.",
    synopsisSubcommandLabel = "SCENARIO",
    footer = {
      "",
      "The script has one more: millrace bench micro runs the benchmarks of single steps (JMH)."
    })
public final class BenchCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  private BenchCommand() {}

  public static CommandLine commandLine(Terminal terminal) {
    List<Scenario> scenarios = Scenarios.all();
    CommandLine line = new CommandLine(new BenchCommand());
    for (Scenario scenario : scenarios) {
      line.addSubcommand(ScenarioCommand.commandLine(scenario, terminal));
    }
    return line.addSubcommand(new AllCommand(scenarios, new ScriptLauncher(), terminal));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing scenario: expected one of "
            + spec.subcommands().keySet().stream().collect(Collectors.joining(", ")));
  }
}
