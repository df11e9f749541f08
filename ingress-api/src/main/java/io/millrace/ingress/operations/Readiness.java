package io.millrace.ingress.operations;

import io.millrace.cache.JobStore;
import io.millrace.ingress.RedisSettings;
import io.millrace.ingress.models.CompactedTopicReader;
import io.millrace.ingress.models.DeployedModels;
import io.millrace.schemas.Topic;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Whether jobs can be taken and read. */
@Singleton
public final class Readiness {

  /** An id that no job has: looking it up shows that the store answers. */
  private static final String NO_JOB = "00000000-0000-7000-8000-000000000000";

  private final BooleanSupplier logIsReady;
  private final DeployedModels models;
  private final CompactedTopicReader deployments;
  private final JobStore store;
  private final Duration timeout;
  private final Executor workers;

  /**
   * @param logIsReady whether the producer knows the topic; may block for a short time
   */
  Readiness(
      @Named("log-is-ready") BooleanSupplier logIsReady,
      DeployedModels models,
      @Named("deployments") CompactedTopicReader deployments,
      JobStore store,
      RedisSettings settings,
      @Named("workers") Executor workers) {
    this.logIsReady = logIsReady;
    this.models = models;
    this.deployments = deployments;
    this.store = store;
    this.timeout = settings.timeout();
    this.workers = workers;
  }

  /** Looks at everything now. The future never fails. */
  public CompletableFuture<Health> check() {
    CompletableFuture<String> kafka = CompletableFuture.supplyAsync(this::kafka, workers);
    CompletableFuture<String> redis =
        CompletableFuture.completedFuture(NO_JOB)
            .thenCompose(store::find)
            .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .handle((found, failure) -> failure == null ? Health.OK : "does not answer");
    return kafka.thenCombineAsync(
        redis,
        (log, results) ->
            Health.of(Map.of("kafka", log, "deployments", deployments(), "redis", results)),
        workers);
  }

  private String kafka() {
    // The producer's metadata may outlive the broker; the reader asks the broker all the time.
    if (!deployments.isConnected()) {
      return "does not answer";
    }
    return logIsReady.getAsBoolean() ? Health.OK : "no metadata of topic " + Topic.REQUESTS.name();
  }

  private String deployments() {
    return models.isCaughtUp()
        ? Health.OK
        : "topics %s and %s not yet read"
            .formatted(Topic.DEPLOYMENTS.name(), Topic.ROLLOUTS.name());
  }
}
