package io.millrace.local.models;

import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;
import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace models verify}. */
@Command(
    name = "verify",
    description =
        "Checks every file of a package against its checksum. Exits with 1 when one is"
            + " changed, missing or unlisted.")
final class VerifyCommand implements Callable<Integer> {

  @Mixin private RepositoryOptions repository = new RepositoryOptions();
  @Mixin private VersionParameters version = new VersionParameters();

  private final Terminal terminal;

  VerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ModelVersion wanted = version.resolve(repository);
    try {
      repository.open().open(wanted).manifest().files().keySet().stream()
          .sorted()
          .forEach(file -> terminal.line(terminal.styled(Style.GREEN, "ok       ") + file));
      return 0;
    } catch (ModelLoadException e) {
      terminal.line(terminal.styled(Style.RED, String.valueOf(e.getMessage())));
      return 1;
    }
  }
}
