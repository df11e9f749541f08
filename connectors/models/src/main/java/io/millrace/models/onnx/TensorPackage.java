package io.millrace.models.onnx;

import io.millrace.models.Model;
import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.ModelManifest;
import io.millrace.models.packages.ModelManifest.BatchingHints;
import io.millrace.models.packages.ModelManifest.Task;
import io.millrace.models.packages.ModelPackage;
import io.millrace.models.packages.ModelPackageWriter;
import io.millrace.models.packages.ModelPackageWriter.IfPresent;
import io.millrace.models.packages.PackageDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a package of an ONNX file alone, with the signature that the file has. */
public final class TensorPackage {

  private TensorPackage() {}

  /**
   * Writes a package after it was loaded once.
   *
   * @param repository where the package goes
   * @param file weights and all: external data files are not followed
   * @param maxBatchSize rows of a batch at most
   * @throws ModelLoadException when the file is no model that can be served
   * @throws IOException when the version is there already, or the disk fails
   */
  public static ModelPackage write(
      Path repository, ModelVersion version, Path file, int maxBatchSize)
      throws ModelLoadException, IOException {
    return write(repository, version, file, maxBatchSize, null);
  }

  /**
   * The same with features of one's own choice.
   *
   * @param features what drift is measured on, by name; null for those of the task, empty for none
   */
  public static ModelPackage write(
      Path repository,
      ModelVersion version,
      Path file,
      int maxBatchSize,
      @Nullable List<String> features)
      throws ModelLoadException, IOException {
    ModelManifest manifest =
        manifest(version, OnnxSignature.read(file), maxBatchSize).withFeatures(features);
    try (PackageDraft draft = new ModelPackageWriter(repository).draft(version, IfPresent.REFUSE)) {
      Files.copy(file, draft.file(OnnxRuntimeEngine.MODEL_FILE));
      try (Model<?> loaded = new OnnxRuntimeEngine().load(draft.preview(manifest))) {
        return draft.publish(manifest);
      }
    }
  }

  private static ModelManifest manifest(
      ModelVersion version, OnnxSignature signature, int maxBatchSize) {
    return new ModelManifest(
        version.model(),
        version.version(),
        Task.TENSOR,
        OnnxRuntimeEngine.NAME,
        "cpu",
        signature.inputs(),
        signature.outputs(),
        null,
        // A row has no tokens: it counts as one, and all rows are of one length.
        new BatchingHints(maxBatchSize, maxBatchSize, List.of(1)),
        List.of(),
        Map.of(),
        null,
        null);
  }
}
