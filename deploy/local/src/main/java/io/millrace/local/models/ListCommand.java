package io.millrace.local.models;

import io.millrace.local.terminal.Terminal;
import io.millrace.local.terminal.TextTable;
import io.millrace.local.terminal.TextTable.Align;
import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.models.packages.ModelManifest;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace models list}. */
@Command(name = "list", description = "Lists the packages of the repository.")
final class ListCommand implements Callable<Integer> {

  @Mixin private RepositoryOptions repository = new RepositoryOptions();

  private final Terminal terminal;

  ListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    LocalModelRepository packages = repository.open();
    List<ModelVersion> versions = packages.list();
    if (versions.isEmpty()) {
      terminal.line("There are no models in " + repository.path());
      return 0;
    }
    TextTable table =
        new TextTable(Align.LEFT, Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT)
            .header("model", "version", "encoder", "classes", "accuracy");
    versions.forEach(version -> row(table, packages, version));
    table.lines().forEach(terminal::line);
    return 0;
  }

  private static void row(TextTable table, LocalModelRepository packages, ModelVersion version) {
    try {
      ModelManifest manifest = packages.open(version).manifest();
      ModelManifest.Baseline baseline = manifest.baseline();
      table.row(
          version.model(),
          version.version(),
          manifest.training() == null ? "-" : manifest.training().encoder(),
          Integer.toString(manifest.labels().size()),
          baseline == null ? "-" : String.format(Locale.ROOT, "%.3f", baseline.accuracy()));
    } catch (ModelLoadException e) {
      table.row(version.model(), version.version(), "damaged, see models verify", "-", "-");
    }
  }
}
