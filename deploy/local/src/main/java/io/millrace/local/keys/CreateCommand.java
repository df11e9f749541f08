package io.millrace.local.keys;

import io.millrace.ingress.access.ApiKey;
import io.millrace.ingress.access.KeysFile;
import io.millrace.ingress.access.Scope;
import io.millrace.local.terminal.Terminal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace keys create}. */
@Command(
    name = "create",
    description =
        "Makes an API key and shows it, once: the file keeps a hash of it alone. The key goes to"
            + " the standard output, all else to the standard error.",
    sortOptions = false)
final class CreateCommand implements Callable<Integer> {

  @Option(
      names = "--tenant",
      required = true,
      paramLabel = "NAME",
      description = "Whose key it is. Tenants see nothing of each other's jobs.")
  private String tenant = "";

  @Option(
      names = "--scopes",
      split = ",",
      paramLabel = "SCOPE",
      description =
          "What it allows, separated by commas: submit (jobs, cancelling, feedback), read (jobs,"
              + " models), operate (deployments, metrics). Default: ${DEFAULT-VALUE}.",
      defaultValue = "submit,read")
  private List<String> scopes = List.of();

  @Option(
      names = "--expires",
      paramLabel = "WHEN",
      description =
          "After a while, like 12h or 90d, or at a time, like 2027-01-31T12:00:00Z."
              + " Default: never.")
  private @Nullable String expires;

  @Mixin private FileOptions file = new FileOptions();

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;
  private final Clock clock;

  CreateCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec);
    ApiKey.Created created;
    try {
      KeysFile.tenant(tenant);
      Set<Scope> allowed = KeysFile.scopes(scopes);
      Instant now = Expiry.now(clock);
      Instant end = expires == null ? null : Expiry.parse(expires, now);
      created = ApiKey.create(tenant, allowed, now, end);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "--" + String.valueOf(e.getMessage()), e);
    }
    file.write(file.readOrNone().with(created.key()));
    terminal.line(created.text());
    command
        .commandLine()
        .getErr()
        .println(
            "Key %s of tenant %s is in %s. It is not shown again."
                .formatted(created.key().id(), tenant, file.path()));
    command.commandLine().getErr().flush();
    return 0;
  }
}
