package io.millrace.models.packages;

import io.millrace.models.onnx.OnnxRuntimeEngine;
import io.millrace.models.onnx.TextSignature;
import io.millrace.models.packages.ModelManifest.BatchingHints;
import io.millrace.models.packages.ModelManifest.Task;
import io.millrace.models.packages.ModelManifest.TextOptions;
import java.util.List;
import java.util.Map;

/** Valid manifests for tests. */
public final class Manifests {

  private Manifests() {}

  /** An encoder of 384 dimensions. */
  public static ModelManifest encoder(String name, String version) {
    TextSignature signature = TextSignature.embedding(384);
    return new ModelManifest(
        name,
        version,
        Task.TEXT_EMBEDDING,
        OnnxRuntimeEngine.NAME,
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
