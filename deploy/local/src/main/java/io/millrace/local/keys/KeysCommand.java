package io.millrace.local.keys;

import io.millrace.local.terminal.Terminal;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code millrace keys}: what is done with API keys. */
@Command(
    name = "keys",
    description = "Makes, lists and revokes API keys. Servers see a change within a second or two.",
    synopsisSubcommandLabel = "COMMAND")
public final class KeysCommand {

  private KeysCommand() {}

  public static CommandLine commandLine(Terminal terminal) {
    Clock clock = Clock.systemUTC();
    return new CommandLine(new KeysCommand())
        .addSubcommand(new CreateCommand(terminal, clock))
        .addSubcommand(new ListCommand(terminal, clock))
        .addSubcommand(new RevokeCommand(terminal));
  }
}
