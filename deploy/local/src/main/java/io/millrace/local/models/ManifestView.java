package io.millrace.local.models;

import io.millrace.local.terminal.TextTable;
import io.millrace.local.terminal.TextTable.Align;
import io.millrace.models.packages.ModelManifest;
import io.millrace.models.packages.ModelManifest.Baseline;
import io.millrace.models.packages.ModelManifest.BatchingHints;
import io.millrace.models.packages.ModelManifest.TensorSpec;
import io.millrace.models.packages.ModelManifest.TextOptions;
import io.millrace.models.packages.ModelManifest.TrainingReference;
import io.millrace.models.packages.ModelPackage;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A manifest for people. */
final class ManifestView {

  private static final int LABELS_SHOWN = 8;
  private static final int FEATURES_SHOWN = 12;

  private ManifestView() {}

  static List<String> lines(ModelPackage found) {
    ModelManifest manifest = found.manifest();
    TextTable table =
        new TextTable(Align.LEFT, Align.LEFT)
            .row("model", manifest.name() + " " + manifest.version())
            .row("task", manifest.task().name().toLowerCase(Locale.ROOT).replace('_', ' '))
            .row("engine", manifest.engine() + " on " + manifest.device())
            .row("inputs", tensors(manifest.inputs()))
            .row("outputs", tensors(manifest.outputs()))
            .row("labels", labels(manifest.labels()))
            .row("batches", batches(manifest.batching(), manifest.text()))
            .row("features", features(manifest.effectiveFeatures()));
    Baseline baseline = manifest.baseline();
    if (baseline != null) {
      table.row(
          "baseline",
          String.format(
              Locale.ROOT,
              "accuracy %.3f, macro F1 %.3f, log loss %.3f on %,d held-out rows",
              baseline.accuracy(),
              baseline.macroF1(),
              baseline.logLoss(),
              baseline.rows()));
    }
    TrainingReference training = manifest.training();
    if (training != null) {
      table.row(
          "training",
          "%s on %,d rows of %s".formatted(training.encoder(), training.rows(), training.data()));
    }
    if (manifest.quantizedFrom() != null) {
      table.row("quantised from", manifest.quantizedFrom());
    }
    ProfileView.text(found).ifPresent(profile -> table.row("profile", profile));
    return table
        .row("files", manifest.files().keySet().stream().sorted().collect(Collectors.joining(", ")))
        .row("path", found.directory().toString())
        .lines();
  }

  private static String batches(BatchingHints batching, @Nullable TextOptions text) {
    return text == null
        ? "at most %d rows".formatted(batching.maxBatchSize())
        : "at most %d items and %,d tokens; texts are cut after %d tokens"
            .formatted(batching.maxBatchSize(), batching.maxBatchTokens(), text.maxLength());
  }

  private static String tensors(List<TensorSpec> tensors) {
    return tensors.stream()
        .map(tensor -> tensor.name() + " " + tensor.datatype() + tensor.shape())
        .collect(Collectors.joining(", "));
  }

  private static String labels(List<String> labels) {
    return counted(labels, LABELS_SHOWN);
  }

  private static String features(List<String> features) {
    return features.isEmpty() ? "none: no drift is measured" : counted(features, FEATURES_SHOWN);
  }

  private static String counted(List<String> names, int most) {
    String shown = names.stream().limit(most).collect(Collectors.joining(", "));
    return names.size() + ": " + shown + (names.size() <= most ? "" : ", ...");
  }
}
