package io.millrace.models.faulty;

import io.millrace.models.ModelVersion;
import io.millrace.models.onnx.TextSignature;
import io.millrace.models.packages.ModelManifest;
import io.millrace.models.packages.ModelManifest.BatchingHints;
import io.millrace.models.packages.ModelManifest.Task;
import io.millrace.models.packages.ModelManifest.TextOptions;
import java.util.List;
import java.util.Map;

/** Manifests of encoders of 384 dimensions. */
final class Encoders {

  private Encoders() {}

  static ModelManifest manifest(ModelVersion version, String engine) {
    TextSignature signature = TextSignature.embedding(384);
    return new ModelManifest(
        version.model(),
        version.version(),
        Task.TEXT_EMBEDDING,
        engine,
        "cpu",
        signature.inputs(),
        signature.outputs(),
        new TextOptions(256),
        new BatchingHints(16, 2048, List.of(16, 64, 256)),
        List.of(),
        Map.of(),
        null,
        null);
  }
}
