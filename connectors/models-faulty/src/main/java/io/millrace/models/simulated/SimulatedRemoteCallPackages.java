package io.millrace.models.simulated;

import io.millrace.models.ModelVersion;
import io.millrace.models.packages.ModelManifest;
import io.millrace.models.packages.ModelManifest.BatchingHints;
import io.millrace.models.packages.ModelManifest.Task;
import io.millrace.models.packages.ModelManifest.TensorSpec;
import io.millrace.models.packages.ModelPackage;
import io.millrace.models.packages.ModelPackageWriter;
import io.millrace.models.packages.ModelPackageWriter.IfPresent;
import io.millrace.models.packages.PackageDraft;
import io.millrace.schemas.avro.Datatype;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes packages whose calls only wait. */
public final class SimulatedRemoteCallPackages {

  /** The name of the input: texts, any number of them. */
  public static final String INPUT = SimulatedRemoteCallModel.INPUT;

  private static final List<Long> ROWS = List.of(-1L);

  private SimulatedRemoteCallPackages() {}

  /**
   * Writes a package, over one of the same name.
   *
   * @param batch rows of a call at most
   */
  public static ModelPackage write(
      Path repository, ModelVersion version, SimulatedRemoteCall call, int batch)
      throws IOException {
    try (PackageDraft draft =
        new ModelPackageWriter(repository).draft(version, IfPresent.REPLACE)) {
      SimulatedRemoteCallEngine.YAML.writeValue(
          draft.file(SimulatedRemoteCall.FILE).toFile(), call);
      return draft.publish(
          new ModelManifest(
                  version.model(),
                  version.version(),
                  Task.TENSOR,
                  SimulatedRemoteCallEngine.NAME,
                  "cpu",
                  List.of(new TensorSpec(SimulatedRemoteCallModel.INPUT, Datatype.BYTES, ROWS)),
                  List.of(new TensorSpec(SimulatedRemoteCallModel.OUTPUT, Datatype.FP32, ROWS)),
                  null,
                  new BatchingHints(batch, batch, List.of(1)),
                  List.of(),
                  Map.of(),
                  null,
                  null)
              .withFeatures(List.of()));
    }
  }
}
