package io.millrace.local.bench;

import io.millrace.local.terminal.Terminal;
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
    synopsisSubcommandLabel = "SCENARIO")
public final class BenchCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  private BenchCommand() {}

  public static CommandLine commandLine(Terminal terminal) {
    return new CommandLine(new BenchCommand()).addSubcommand(new DriftBenchCommand(terminal));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing scenario: expected one of drift");
  }
}
