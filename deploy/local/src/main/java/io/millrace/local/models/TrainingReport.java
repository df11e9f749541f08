package io.millrace.local.models;

import io.millrace.local.terminal.TextTable;
import io.millrace.local.terminal.TextTable.Align;
import io.millrace.models.packages.ModelManifest;
import io.millrace.models.packages.ModelManifest.Baseline;
import io.millrace.models.packages.ModelManifest.TrainingReference;
import io.millrace.models.packages.ModelPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a training ended with. */
final class TrainingReport {

  private TrainingReport() {}

  static List<String> lines(ModelPackage trained, Duration took) throws IOException {
    ModelManifest manifest = trained.manifest();
    TrainingReference training = manifest.training();
    Baseline baseline = manifest.baseline();
    TextTable table =
        new TextTable(Align.LEFT, Align.LEFT)
            .row("model", manifest.name() + " " + manifest.version())
            .row(
                "rows",
                "%,d trained on, %,d measured on"
                    .formatted(
                        training == null ? 0 : training.rows(),
                        baseline == null ? 0 : baseline.rows()))
            .row("classes", Integer.toString(manifest.labels().size()));
    if (baseline != null) {
      table
          .row("accuracy", decimal(baseline.accuracy()))
          .row("macro F1", decimal(baseline.macroF1()))
          .row("log loss", decimal(baseline.logLoss()));
    }
    return table
        .row("seconds", String.format(Locale.ROOT, "%.1f", took.toMillis() / 1e3))
        .row("package", trained.directory().toString())
        .row("size", String.format(Locale.ROOT, "%.1f MB", bytes(trained.directory()) / 1e6))
        .lines();
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static long bytes(Path directory) throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }
}
