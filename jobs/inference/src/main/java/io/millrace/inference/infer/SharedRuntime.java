package io.millrace.inference.infer;

import io.millrace.inference.config.InferenceConfig;
import io.millrace.models.runtime.BatchingModelRuntime;
import io.millrace.models.runtime.BreakerOptions;
import io.millrace.models.runtime.RuntimeOptions;
import io.millrace.models.runtime.SharedModelRuntime;
import io.millrace.registry.Repositories;
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
    return SharedModelRuntime.acquire(
        key(),
        () ->
            new BatchingModelRuntime(
                Repositories.open(config.repository(), Path.of(config.cacheDirectory())), options));
  }

  /** What tells it from others in the process. */
  SharedModelRuntime.Key key() {
    return new SharedModelRuntime.Key(Path.of(config.repository()), options());
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
        defaults.loadRetryPause(),
        config.unloadAfter(),
        breaker(config.breaker()));
  }

  private static BreakerOptions breaker(InferenceConfig.Breaker breaker) {
    return new BreakerOptions(
        breaker.consecutiveFailures(),
        breaker.failureRateThreshold(),
        breaker.slidingWindowSize(),
        breaker.minimumNumberOfCalls(),
        breaker.waitDurationInOpenState(),
        breaker.permittedNumberOfCallsInHalfOpenState());
  }
}
