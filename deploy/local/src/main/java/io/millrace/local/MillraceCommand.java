package io.millrace.local;

import io.millrace.local.bench.BenchCommand;
import io.millrace.local.chaos.ChaosCommand;
import io.millrace.local.cluster.chaos.ClusterChaosCommand;
import io.millrace.local.cluster.command.ClusterCommand;
import io.millrace.local.cluster.scaling.AutoscaleCommand;
import io.millrace.local.cluster.scaling.ScaleOutCommand;
import io.millrace.local.cluster.upgrade.UpgradeCommand;
import io.millrace.local.deadletters.DeadLettersCommand;
import io.millrace.local.demo.DemoCommand;
import io.millrace.local.evaluation.EvaluateCommand;
import io.millrace.local.evaluation.ReplayCommand;
import io.millrace.local.keys.KeysCommand;
import io.millrace.local.models.ModelsCommand;
import io.millrace.local.operate.DeploymentsCommand;
import io.millrace.local.operate.RolloutsCommand;
import io.millrace.local.stack.UpCommand;
import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.topics.TopicsCommand;
import io.millrace.local.webhooks.WebhooksCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The {@code millrace} command. Exit codes: 0 when all is well, 1 when the run failed, 2 when the
 * command line is wrong.
 */
@Command(
    name = "millrace",
    description = "Model inference on streams: HTTP and Kafka in, exactly one result out.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "The script has one more command: millrace test builds and runs all tests."})
public final class MillraceCommand {

  @Option(
      names = "--verbose",
      description = "Show stack traces of errors.",
      scope = ScopeType.INHERIT)
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.",
      scope = ScopeType.INHERIT)
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  private MillraceCommand() {}

  /** Runs the command and ends the process, whatever threads libraries have left. */
  public static void main(String[] args) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    Terminal terminal = Terminal.of(out, System.getProperties(), System.getenv());
    System.exit(commandLine(terminal).execute(args));
  }

  static CommandLine commandLine(Terminal terminal) {
    MillraceCommand command = new MillraceCommand();
    return new CommandLine(command)
        .addSubcommand(DemoCommand.commandLine(terminal))
        .addSubcommand(new UpCommand(terminal))
        .addSubcommand(
            ClusterCommand.commandLine(terminal)
                .addSubcommand(new ClusterChaosCommand(terminal))
                .addSubcommand(new UpgradeCommand(terminal))
                .addSubcommand(new AutoscaleCommand(terminal))
                .addSubcommand(new ScaleOutCommand(terminal)))
        .addSubcommand(ModelsCommand.commandLine(terminal))
        .addSubcommand(DeploymentsCommand.commandLine(terminal))
        .addSubcommand(RolloutsCommand.commandLine(terminal))
        .addSubcommand(new EvaluateCommand(terminal, Clock.systemUTC()))
        .addSubcommand(new ReplayCommand(terminal, Clock.systemUTC()))
        .addSubcommand(KeysCommand.commandLine(terminal))
        .addSubcommand(TopicsCommand.commandLine(terminal))
        .addSubcommand(ChaosCommand.commandLine(terminal))
        .addSubcommand(BenchCommand.commandLine(terminal))
        .addSubcommand(DeadLettersCommand.commandLine(terminal))
        .addSubcommand(WebhooksCommand.commandLine(terminal))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(terminal.colours() ? Ansi.ON : Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, line, parsed) -> command.report(failure, line, terminal));
  }

  private int report(Exception failure, CommandLine line, Terminal terminal) {
    line.getErr().println(terminal.styled(Style.RED, "millrace: " + Failures.describe(failure)));
    if (verbose) {
      failure.printStackTrace(line.getErr());
    } else if (!Failures.isForPeople(failure)) {
      line.getErr().println("(--verbose shows where it happened)");
    }
    line.getErr().flush();
    return CommandLine.ExitCode.SOFTWARE;
  }
}
