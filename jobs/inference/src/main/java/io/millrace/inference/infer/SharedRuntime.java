package io.millrace.inference.infer;

import io.millrace.inference.config.InferenceConfig;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.models.runtime.BatchingModelRuntime;
import io.millrace.models.runtime.RuntimeOptions;
import io.millrace.models.runtime.SharedModelRuntime;
import java.io.Serializable;
import java.nio.file.Path;

/** The model runtime that all subtasks of a task manager share. */
record SharedRuntime(InferenceConfig.Models config) implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * No limit that is ever reached: what waits is bounded by the capacity of the async operators.
   */
  private static final int MAX_QUEUED_ITEMS = 10_000_000;

  SharedModelRuntime.Lease acquire() {
    RuntimeOptions options = options();
    Path repository = Path.of(config.repository());
    return SharedModelRuntime.acquire(
        new SharedModelRuntime.Key(repository, options),
        () -> new BatchingModelRuntime(new LocalModelRepository(repository), options));
  }

  private RuntimeOptions options() {
    RuntimeOptions defaults = RuntimeOptions.defaults();
    return new RuntimeOptions(
        config.workersPerVersion() == 0 ? defaults.workersPerVersion() : config.workersPerVersion(),
        config.minBatchDelay(),
        config.maxBatchDelay(),
        defaults.starvationBound(),
        MAX_QUEUED_ITEMS,
        config.callTimeout(),
        defaults.stopGrace(),
        defaults.maxAbandonedCalls(),
        defaults.loadRetryPause());
  }
}
