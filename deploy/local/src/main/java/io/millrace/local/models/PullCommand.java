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
import picocli.CommandLine.Parameters;

/** {@code millrace models pull}. */
@Command(
    name = "pull",
    description =
        "Copies a package from a registry into the repository, where it appears once every"
            + " checksum is verified.")
final class PullCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "MODEL", description = "The model's name.")
  private String model = "";

  @Parameters(
      index = "1",
      paramLabel = "VERSION",
      description = "Its version, or an alias such as champion.")
  private String version = "";

  @Mixin private RegistryOptions registry = new RegistryOptions();

  private final Terminal terminal;

  PullCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    ModelRegistry remote = registry.openRemote();
    ModelVersion wanted = RegistryOptions.resolve(remote, model, version);
    try (TransferDisplay display = new TransferDisplay(terminal)) {
      var unused = remote.pull(wanted, registry.repository().path(), display);
    } catch (RegistryException | ModelLoadException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
    terminal.line("Pulled %s to %s".formatted(wanted, registry.repository().path()));
    return 0;
  }
}
