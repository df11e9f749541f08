package io.millrace.inference.infer;

import io.millrace.inference.config.InferenceConfig;
import io.millrace.models.ModelVersion;
import io.millrace.models.runtime.RuntimeStats;
import io.millrace.models.runtime.SharedModelRuntime;

/** What the runtime that the subtasks of a job share has done. */
public final class SharedRuntimeStats {

  private SharedRuntimeStats() {}

  /** The numbers of a version that the runtime of such a job has loaded. */
  public static RuntimeStats of(InferenceConfig.Models config, ModelVersion version) {
    try (SharedModelRuntime.Lease lease = new SharedRuntime(config).acquire()) {
      lease.runtime().load(version).join();
      return lease.runtime().stats().stream()
          .filter(stats -> stats.version().equals(version))
          .findAny()
          .orElseThrow();
    }
  }
}
