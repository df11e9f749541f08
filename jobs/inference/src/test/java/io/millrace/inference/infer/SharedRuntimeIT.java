package io.millrace.inference.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.config.ConfigLoader;
import io.millrace.inference.config.InferenceConfig;
import io.millrace.models.ModelVersion;
import io.millrace.models.runtime.SharedModelRuntime;
import io.millrace.training.SampleModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedRuntimeIT {

  @TempDir private Path directory;

  @Test
  void aRepositoryMayBeAUriFromWhichVersionsAreDownloaded() throws Exception {
    ModelVersion version = new ModelVersion("support-desk", "1.0.0");
    Path remote = directory.resolve("remote");
    Path cache = directory.resolve("cache");
    var unused = SampleModel.installSmall(remote, version);
    InferenceConfig config =
        ConfigLoader.load(
            null,
            Map.of(
                ConfigLoader.ENVIRONMENT_PREFIX + "MODELS_REPOSITORY",
                remote.toUri().toString(),
                ConfigLoader.ENVIRONMENT_PREFIX + "MODELS_CACHE_DIRECTORY",
                cache.toString()));

    try (SharedModelRuntime.Lease lease = new SharedRuntime(config.models()).acquire()) {
      assertThat(lease.runtime().load(version).get().version()).isEqualTo(version);
    }

    try (Stream<Path> downloaded = Files.walk(cache)) {
      assertThat(downloaded).anyMatch(file -> file.endsWith("support-desk/1.0.0/model.yaml"));
    }
  }
}
