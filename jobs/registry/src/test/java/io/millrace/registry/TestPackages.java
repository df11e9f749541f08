package io.millrace.registry;

import io.millrace.models.ModelVersion;
import io.millrace.models.packages.ModelManifest;
import io.millrace.models.packages.ModelManifest.Baseline;
import io.millrace.models.packages.ModelManifest.BatchingHints;
import io.millrace.models.packages.ModelManifest.Task;
import io.millrace.models.packages.ModelManifest.TensorSpec;
import io.millrace.models.packages.ModelManifest.TextOptions;
import io.millrace.models.packages.ModelPackage;
import io.millrace.models.packages.ModelPackageWriter;
import io.millrace.models.packages.ModelPackageWriter.IfPresent;
import io.millrace.models.packages.PackageDraft;
import io.millrace.schemas.avro.Datatype;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Small valid packages. */
final class TestPackages {

  static final ModelVersion FIRST = new ModelVersion("desk", "1.0.0");
  static final ModelVersion SECOND = new ModelVersion("desk", "1.1.0");

  private TestPackages() {}

  static ModelPackage write(Path root, ModelVersion version, String weights) throws IOException {
    return write(root, version, weights, List.of("card", "refund"), 0.9);
  }

  static ModelPackage write(
      Path root, ModelVersion version, String weights, List<String> labels, double accuracy)
      throws IOException {
    ModelManifest manifest =
        new ModelManifest(
            version.model(),
            version.version(),
            Task.TEXT_CLASSIFICATION,
            "OnnxRuntime",
            "cpu",
            List.of(new TensorSpec("text", Datatype.BYTES, List.of(-1L))),
            List.of(new TensorSpec("label", Datatype.BYTES, List.of(-1L))),
            new TextOptions(64),
            new BatchingHints(8, 512, List.of(16, 64)),
            labels,
            Map.of(),
            new Baseline(100, accuracy, 0.8, 0.3),
            null);
    try (PackageDraft draft = new ModelPackageWriter(root).draft(version, IfPresent.REFUSE)) {
      Files.createDirectories(draft.file("extra"));
      Files.writeString(draft.file("extra/notes.txt"), "notes");
      Files.writeString(draft.file("encoder.onnx"), weights);
      return draft.publish(manifest);
    }
  }
}
