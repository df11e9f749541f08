package io.millrace.local.cluster.scaling;

import io.millrace.models.ModelVersion;
import io.millrace.models.simulated.SimulatedRemoteCall;
import io.millrace.models.simulated.SimulatedRemoteCallPackages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.io.FileUtils;

/**
 * A model whose calls wait 20 ms and use no processor, a few requests at a time: a task manager
 * then does at most 100 a second, so that task managers, not the processors of one machine, are the
 * limit.
 */
final class RemoteModel {

  static final ModelVersion VERSION = new ModelVersion("simulated-remote-call", "1.0.0");
  static final int CALL_MILLIS = 20;
  static final int BATCH = 2;

  /** Calls of a task manager at a time. */
  static final int WORKERS = 1;

  static final String INPUT = SimulatedRemoteCallPackages.INPUT;

  private RemoteModel() {}

  /** What a task manager does a second at most. */
  static double mostPerSecond() {
    return WORKERS * BATCH * 1_000.0 / CALL_MILLIS;
  }

  /** A new repository with it alone. */
  static Path install(Path repository) throws IOException {
    FileUtils.deleteDirectory(repository.toFile());
    var unused =
        SimulatedRemoteCallPackages.write(
            repository, VERSION, new SimulatedRemoteCall(CALL_MILLIS), BATCH);
    return repository;
  }

  /** Settings of the inference job. */
  static Map<String, String> settings() {
    return Map.of("models.workers-per-version", Integer.toString(WORKERS));
  }
}
