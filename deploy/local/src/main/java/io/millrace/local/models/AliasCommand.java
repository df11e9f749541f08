package io.millrace.local.models;

import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.Terminal;
import io.millrace.models.ModelVersion;
import io.millrace.registry.Aliases;
import io.millrace.registry.RegistryException;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace models alias}. */
@Command(
    name = "alias",
    description =
        "Points an alias such as champion at a version, takes it away, or, with a model alone,"
            + " lists the model's aliases.")
final class AliasCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "MODEL", description = "The model's name.")
  private String model = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "ALIAS", description = "The name.")
  private @Nullable String alias;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "VERSION",
      description = "The version that it points at from now on. Default: says which it is.")
  private @Nullable String version;

  @Option(names = "--remove", description = "Take the alias away.")
  private boolean remove;

  @Mixin private RegistryOptions registry = new RegistryOptions();

  private final Terminal terminal;

  AliasCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try {
      run(registry.open().aliases());
      return 0;
    } catch (RegistryException | IllegalArgumentException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private void run(Aliases aliases) throws IOException, RegistryException {
    if (remove && (alias == null || version != null)) {
      throw new CommandFailedException("Expected MODEL ALIAS --remove");
    }
    if (alias == null) {
      aliases.of(model).forEach((name, target) -> terminal.line(name + ": " + target));
    } else if (remove) {
      aliases.remove(model, alias);
    } else if (version == null) {
      terminal.line(aliases.resolve(model, alias).version());
    } else {
      aliases.set(alias, new ModelVersion(model, version));
    }
  }
}
