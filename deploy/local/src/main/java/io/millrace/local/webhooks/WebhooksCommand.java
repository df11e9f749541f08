package io.millrace.local.webhooks;

import io.millrace.local.terminal.Terminal;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code millrace webhooks}: what is done with deliveries that were given up. */
@Command(
    name = "webhooks",
    description = "Lists, shows and replays the webhook deliveries that were given up.",
    synopsisSubcommandLabel = "COMMAND")
public final class WebhooksCommand {

  private WebhooksCommand() {}

  public static CommandLine commandLine(Terminal terminal) {
    return new CommandLine(new WebhooksCommand())
        .addSubcommand(new ListCommand(terminal, Clock.systemUTC()))
        .addSubcommand(new ShowCommand(terminal))
        .addSubcommand(new ReplayCommand(terminal));
  }
}
