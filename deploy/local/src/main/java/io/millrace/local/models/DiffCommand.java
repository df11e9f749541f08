package io.millrace.local.models;

import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.Terminal;
import io.millrace.models.ModelLoadException;
import io.millrace.registry.ModelRegistry;
import io.millrace.registry.PackageDiff;
import io.millrace.registry.PackageSummary;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace models diff}. */
@Command(
    name = "diff",
    description =
        "Says how two versions of a model differ: manifest, files, labels, baseline metrics.")
final class DiffCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "MODEL", description = "The model's name.")
  private String model = "";

  @Parameters(index = "1", paramLabel = "BEFORE", description = "A version or an alias.")
  private String before = "";

  @Parameters(index = "2", paramLabel = "AFTER", description = "A version or an alias.")
  private String after = "";

  @Mixin private RegistryOptions registry = new RegistryOptions();

  private final Terminal terminal;

  DiffCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    ModelRegistry packages = registry.open();
    PackageDiff diff = PackageDiff.between(summary(packages, before), summary(packages, after));
    DiffView.lines(diff).forEach(terminal::line);
    return 0;
  }

  private PackageSummary summary(ModelRegistry packages, String version) throws IOException {
    try {
      return packages.summary(RegistryOptions.resolve(packages, model, version));
    } catch (ModelLoadException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }
}
