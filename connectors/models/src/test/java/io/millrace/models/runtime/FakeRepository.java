package io.millrace.models.runtime;

import io.millrace.models.ModelVersion;
import io.millrace.models.packages.ModelManifest;
import io.millrace.models.packages.ModelManifest.BatchingHints;
import io.millrace.models.packages.ModelManifest.Task;
import io.millrace.models.packages.ModelManifest.TextOptions;
import io.millrace.models.packages.ModelPackage;
import io.millrace.models.packages.ModelRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Has every version, all with the same hints. */
record FakeRepository(String engine, BatchingHints hints) implements ModelRepository {

  static final BatchingHints HINTS = new BatchingHints(4, 64, List.of(8, 16));

  @Override
  public List<ModelVersion> list() {
    return List.of();
  }

  @Override
  public ModelPackage open(ModelVersion version) {
    return new ModelPackage(
        Path.of(version.toString()),
        new ModelManifest(
            version.model(),
            version.version(),
            Task.TEXT_CLASSIFICATION,
            engine,
            "cpu",
            List.of(),
            List.of(),
            new TextOptions(128),
            hints,
            List.of(),
            Map.of(),
            null,
            null));
  }
}
