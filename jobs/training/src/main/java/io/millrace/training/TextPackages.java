package io.millrace.training;

import io.millrace.models.ModelVersion;
import io.millrace.models.onnx.OnnxRuntimeEngine;
import io.millrace.models.onnx.TextSignature;
import io.millrace.models.packages.ModelManifest;
import io.millrace.models.packages.ModelManifest.Baseline;
import io.millrace.models.packages.ModelManifest.BatchingHints;
import io.millrace.models.packages.ModelManifest.Task;
import io.millrace.models.packages.ModelManifest.TextOptions;
import io.millrace.models.packages.ModelManifest.TrainingReference;
import io.millrace.models.packages.PackageDraft;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the packages of both kinds have in common. */
final class TextPackages {

  /** What MiniLM was trained with; it learnt 512 positions and saw at most 256. */
  private static final TextOptions TEXT = new TextOptions(256);

  /**
   * Batches of 8 to 16 rows use a core as well as larger ones do. Narrow buckets keep the padding
   * at a few per cent, and short texts are the common ones.
   */
  static final BatchingHints BATCHING =
      new BatchingHints(
          16, 2048, List.of(8, 10, 12, 14, 16, 20, 24, 32, 48, 64, 96, 128, 192, 256));

  private TextPackages() {}

  static void copyEncoder(Encoder encoder, PackageDraft draft) throws IOException {
    encoder.copyModel(draft.file(OnnxRuntimeEngine.ENCODER_FILE));
    encoder.copyTokenizer(draft.file(OnnxRuntimeEngine.TOKENIZER_FILE));
  }

  static ModelManifest embedding(ModelVersion version) {
    return manifest(
        version,
        Task.TEXT_EMBEDDING,
        TextSignature.embedding(Encoder.DIMENSION),
        List.of(),
        null,
        null);
  }

  static ModelManifest classification(
      ModelVersion version,
      List<String> labels,
      @Nullable Baseline baseline,
      TrainingReference training) {
    return manifest(
        version,
        Task.TEXT_CLASSIFICATION,
        TextSignature.classification(labels.size()),
        labels,
        baseline,
        training);
  }

  private static ModelManifest manifest(
      ModelVersion version,
      Task task,
      TextSignature signature,
      List<String> labels,
      @Nullable Baseline baseline,
      @Nullable TrainingReference training) {
    ModelManifest manifest =
        new ModelManifest(
            version.model(),
            version.version(),
            task,
            OnnxRuntimeEngine.NAME,
            "cpu",
            signature.inputs(),
            signature.outputs(),
            TEXT,
            BATCHING,
            labels,
            Map.of(),
            baseline,
            training);
    // Written down, so that they stay what the profile was made of.
    return manifest.withFeatures(manifest.effectiveFeatures());
  }
}
