package io.millrace.local.keys;

import io.millrace.ingress.access.AccessKeys;
import io.millrace.ingress.access.ApiKey;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace keys revoke}. */
@Command(name = "revoke", description = "Takes an API key out of the file. It cannot be had back.")
final class RevokeCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", description = "The key's id, as keys list shows it.")
  private String id = "";

  @Mixin private FileOptions file = new FileOptions();

  private final Terminal terminal;

  RevokeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    AccessKeys keys = file.read();
    ApiKey key =
        keys.find(id)
            .orElseThrow(
                () ->
                    // What was given may be a whole key, so it is not repeated.
                    new CommandFailedException("There is no key of this id in " + file.path()));
    file.write(keys.without(id));
    terminal.line("Key %s of tenant %s is revoked.".formatted(key.id(), key.tenant()));
    return 0;
  }
}
