package io.millrace.local.keys;

import io.millrace.ingress.access.AccessKeys;
import io.millrace.ingress.access.ApiKey;
import io.millrace.ingress.access.Scope;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.terminal.TextTable;
import io.millrace.local.terminal.TextTable.Align;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace keys list}. */
@Command(name = "list", description = "Lists the API keys by their ids, and the quotas of tenants.")
final class ListCommand implements Callable<Integer> {

  @Mixin private FileOptions file = new FileOptions();

  private final Terminal terminal;
  private final Clock clock;

  ListCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    AccessKeys keys = file.readOrNone();
    if (keys.keys().isEmpty()) {
      terminal.line("There are no keys in " + file.path());
    } else {
      TextTable table =
          new TextTable(Align.LEFT, Align.LEFT, Align.LEFT, Align.LEFT, Align.LEFT)
              .header("id", "tenant", "scopes", "created", "expires");
      keys.keys().forEach(key -> row(table, key));
      table.lines().forEach(terminal::line);
    }
    if (!keys.quotas().isEmpty()) {
      TextTable table =
          new TextTable(Align.LEFT, Align.RIGHT, Align.RIGHT)
              .header("tenant", "requests a second", "burst");
      keys.quotas()
          .forEach(
              (tenant, quota) ->
                  table.row(
                      tenant,
                      Double.toString(quota.requestsPerSecond()),
                      Long.toString(quota.burst())));
      terminal.line();
      table.lines().forEach(terminal::line);
    }
    return 0;
  }

  private void row(TextTable table, ApiKey key) {
    table.row(
        key.id(),
        key.tenant(),
        key.scopes().stream().sorted().map(Scope::label).collect(Collectors.joining(",")),
        text(key.createdAt(), "-"),
        text(key.expiresAt(), "never") + (key.isExpired(clock.instant()) ? " (over)" : ""));
  }

  private static String text(@Nullable Instant time, String absent) {
    return time == null ? absent : time.toString();
  }
}
