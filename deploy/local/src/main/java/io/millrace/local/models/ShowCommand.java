package io.millrace.local.models;

import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.Terminal;
import io.millrace.models.ModelLoadException;
import io.millrace.models.packages.ModelPackage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace models show}. */
@Command(name = "show", description = "Shows what a package is and what it was measured to do.")
final class ShowCommand implements Callable<Integer> {

  @Mixin private RepositoryOptions repository = new RepositoryOptions();
  @Mixin private VersionParameters version = new VersionParameters();

  private final Terminal terminal;

  ShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try {
      ModelPackage found = repository.open().open(version.resolve(repository));
      ManifestView.lines(found).forEach(terminal::line);
      return 0;
    } catch (ModelLoadException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }
}
