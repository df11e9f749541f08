package io.millrace.local.models;

import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.Terminal;
import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.registry.ModelRegistry;
import io.millrace.registry.RegistryException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace models push}. */
@Command(
    name = "push",
    description =
        "Copies a package from the repository into a registry. A version that is there is never"
            + " changed; checksums are verified before and after.")
final class PushCommand implements Callable<Integer> {

  @Mixin private RegistryOptions registry = new RegistryOptions();
  @Mixin private VersionParameters version = new VersionParameters();

  private final Terminal terminal;

  PushCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    ModelRegistry remote = registry.openRemote();
    ModelVersion wanted = version.resolve(registry.repository());
    try (TransferDisplay display = new TransferDisplay(terminal)) {
      remote.push(registry.repository().open().open(wanted), display);
    } catch (RegistryException | ModelLoadException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
    terminal.line("Pushed %s to %s".formatted(wanted, registry.location()));
    return 0;
  }
}
