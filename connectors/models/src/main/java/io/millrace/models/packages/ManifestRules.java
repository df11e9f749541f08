package io.millrace.models.packages;

import io.millrace.models.ModelVersion;
import io.millrace.models.packages.ModelManifest.Baseline;
import io.millrace.models.packages.ModelManifest.BatchingHints;
import io.millrace.models.packages.ModelManifest.Task;
import io.millrace.models.packages.ModelManifest.TensorSpec;
import io.millrace.models.packages.ModelManifest.TextOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What the values of a manifest must be, beyond their types. */
final class ManifestRules {

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  /** Two special tokens, and what encoders with learnt positions take at most, generously. */
  private static final int MIN_LENGTH = 2;

  private static final int MAX_LENGTH = 8192;

  private ManifestRules() {}

  /**
   * @throws IllegalArgumentException names the key and says what was expected
   */
  static void check(ModelManifest manifest) {
    var unused = manifest.id();
    require(!manifest.engine().isBlank(), "engine", "the name of an engine");
    require(ModelDevice.find(manifest.device()).isPresent(), "device", ModelDevice.FORMS);
    require(!manifest.inputs().isEmpty(), "inputs", "at least one tensor");
    require(!manifest.outputs().isEmpty(), "outputs", "at least one tensor");
    checkTensors("inputs", manifest.inputs());
    checkTensors("outputs", manifest.outputs());
    TextOptions text = manifest.text();
    if (manifest.task() == Task.TENSOR) {
      require(text == null, "text", "none, since the model takes no texts");
    } else {
      require(text != null, "text", "max_length, since the model takes texts");
    }
    if (text != null) {
      require(
          text.maxLength() >= MIN_LENGTH && text.maxLength() <= MAX_LENGTH,
          "text.max_length",
          MIN_LENGTH + " to " + MAX_LENGTH);
    }
    checkBatching(manifest.batching(), text == null ? 1 : text.maxLength());
    checkLabels(manifest);
    if (manifest.features() != null) {
      FeatureRules.check(manifest, manifest.features());
    }
    checkFiles(manifest.files());
    if (manifest.baseline() != null) {
      checkBaseline(manifest.baseline());
    }
    if (manifest.training() != null) {
      require(
          SHA_256.matcher(manifest.training().dataSha256()).matches(),
          "training.data_sha256",
          "64 lower-case hex digits");
      require(manifest.training().rows() > 0, "training.rows", "at least 1");
    }
    checkQuantizedFrom(manifest);
  }

  private static void checkTensors(String key, List<TensorSpec> tensors) {
    require(
        tensors.stream().map(TensorSpec::name).distinct().count() == tensors.size(),
        key,
        "tensors of different names");
    require(
        tensors.stream().flatMap(tensor -> tensor.shape().stream()).allMatch(size -> size >= -1),
        key,
        "dimensions of 0 or more, or -1 for one that varies");
  }

  private static void checkBatching(BatchingHints batching, int maxLength) {
    require(batching.maxBatchSize() >= 1, "batching.max_batch_size", "at least 1");
    require(
        batching.maxBatchTokens() >= maxLength,
        "batching.max_batch_tokens",
        "at least text.max_length (1 without texts), so that the longest item fits");
    List<Integer> edges = batching.lengthBuckets();
    require(!edges.isEmpty(), "batching.length_buckets", "at least one edge");
    for (int i = 0; i < edges.size(); i++) {
      require(
          edges.get(i) > (i == 0 ? 0 : edges.get(i - 1)),
          "batching.length_buckets",
          "positive and ascending edges");
    }
    require(
        edges.get(edges.size() - 1) >= maxLength,
        "batching.length_buckets",
        "a last edge of at least text.max_length (1 without texts)");
  }

  private static void checkLabels(ModelManifest manifest) {
    List<String> labels = manifest.labels();
    if (manifest.task() == Task.TEXT_CLASSIFICATION) {
      require(labels.size() >= 2, "labels", "at least two labels for a classifier");
      require(new HashSet<>(labels).size() == labels.size(), "labels", "different labels");
      require(labels.stream().noneMatch(String::isBlank), "labels", "labels that are not blank");
    } else {
      require(labels.isEmpty(), "labels", "none, since the model is no classifier");
    }
  }

  private static void checkQuantizedFrom(ModelManifest manifest) {
    String from = manifest.quantizedFrom();
    if (from != null) {
      require(
          isVersion(manifest.name(), from) && !from.equals(manifest.version()),
          "quantized_from",
          "another version of the model, like 1.0.0");
    }
  }

  private static boolean isVersion(String model, String version) {
    try {
      var unused = new ModelVersion(model, version);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void checkFiles(Map<String, String> files) {
    require(!files.isEmpty(), "files", "at least one file");
    files.forEach(
        (path, checksum) -> {
          require(
              PackageFiles.isInside(path) && !path.equals(PackageFiles.MANIFEST),
              "files." + path,
              "a relative path inside the package");
          require(SHA_256.matcher(checksum).matches(), "files." + path, "64 lower-case hex digits");
        });
  }

  private static void checkBaseline(Baseline baseline) {
    require(baseline.rows() > 0, "baseline.rows", "at least 1");
    require(isShare(baseline.accuracy()), "baseline.accuracy", "0 to 1");
    require(isShare(baseline.macroF1()), "baseline.macro_f1", "0 to 1");
    require(
        baseline.logLoss() >= 0 && Double.isFinite(baseline.logLoss()),
        "baseline.log_loss",
        "0 or more");
  }

  private static boolean isShare(double value) {
    return value >= 0 && value <= 1;
  }

  private static void require(boolean holds, String key, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("key '%s': expected %s".formatted(key, expected));
    }
  }
}
