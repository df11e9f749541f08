package io.millrace.ingress.rollouts;

import io.millrace.cache.RolloutStatusStore;
import io.millrace.ingress.RateLimit;
import io.millrace.ingress.RedisSettings;
import io.millrace.ingress.deployments.Deployments;
import io.millrace.ingress.models.DeploymentState;
import io.millrace.ingress.models.RolloutHistory;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.schemas.avro.RolloutStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how rollouts go. */
@Singleton
final class Rollouts {

  private static final Logger log = LoggerFactory.getLogger(Rollouts.class);
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(30);

  private final Deployments deployments;
  private final RolloutHistory history;
  private final RolloutStatusStore store;
  private final Duration timeout;
  private final RateLimit warnings = new RateLimit(LOG_INTERVAL, System::nanoTime);

  Rollouts(
      Deployments deployments,
      RolloutHistory history,
      RolloutStatusStore store,
      RedisSettings settings) {
    this.deployments = deployments;
    this.history = history;
    this.store = store;
    this.timeout = settings.timeout();
  }

  /**
   * How the rollout of a model goes. What is told between decisions is left out when it cannot be
   * read: the decisions are worth showing without it.
   *
   * @throws ProblemException those of {@link Deployments#get}
   */
  CompletableFuture<Rollout> get(String model) {
    return describe(deployments.get(model));
  }

  /** How the rollout of one state of a deployment goes; as {@link #get}. */
  CompletableFuture<Rollout> describe(DeploymentState state) {
    String model = state.asked().getModel();
    return CompletableFuture.completedFuture(model)
        .thenCompose(name -> store.read(name, state.revision()))
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(this::unknown)
        .thenApply(statuses -> Rollout.of(state, statuses, history.of(model)));
  }

  private List<RolloutStatus> unknown(Throwable failure) {
    if (warnings.tryPass()) {
      log.warn("Rollouts are shown without live evidence: {}", failure.toString());
    }
    return List.of();
  }
}
