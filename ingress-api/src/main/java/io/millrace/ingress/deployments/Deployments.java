package io.millrace.ingress.deployments;

import io.millrace.ingress.models.DeployedModels;
import io.millrace.ingress.models.DeploymentState;
import io.millrace.ingress.models.RolloutHistory;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.schemas.avro.Deployment;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The deployments of models, and changing them. */
@Singleton
public final class Deployments {

  private final DeployedModels deployed;
  private final RolloutHistory rollouts;
  private final DeploymentLog log;
  private final Clock clock;

  Deployments(DeployedModels deployed, RolloutHistory rollouts, DeploymentLog log, Clock clock) {
    this.deployed = deployed;
    this.rollouts = rollouts;
    this.log = log;
    this.clock = clock;
  }

  /**
   * How a model is deployed.
   *
   * @throws ProblemException {@code UNKNOWN_MODEL} when it is not; {@code STARTING} when that is
   *     not known yet
   */
  public DeploymentState get(String model) {
    deployed.requireCaughtUp();
    return deployed.state(model).orElseThrow(Deployments::unknown);
  }

  /** The entity tag of a deployment of the log, as decisions have left it. */
  DeploymentTag tag(Deployment deployment) {
    return DeploymentTag.of(deployment.getRevision(), rollouts.lastOf(deployment));
  }

  /** What is to be deployed next. */
  @FunctionalInterface
  public interface Change {

    /**
     * The next deployment, but for its model, its revision and who asks for it when; may be asked
     * more than once.
     *
     * @param current as decisions have left it; empty when the model is not deployed
     * @throws ProblemException when nothing shall follow on that one
     */
    Deployment.Builder next(Optional<Deployment> current);
  }

  /**
   * Changes how a model is deployed. Blocks, for a bounded time.
   *
   * @param by who asks for it
   * @throws ProblemException those of the change; {@code ROLLOUT_RUNNING} while a rollout of the
   *     model goes on; {@code UNKNOWN_MODEL} when the name is not one of a model; {@code STARTING};
   *     {@code LOG_UNAVAILABLE}
   */
  public DeploymentState change(String model, String by, Change change) {
    deployed.requireCaughtUp();
    if (!DeployedModels.isModel(model)) {
      throw unknown();
    }
    refuseEarly(model, by, change);
    deployed.put(log.update(model, current -> next(model, by, change, current)));
    return get(model);
  }

  /** What is refused by what is known here does not trouble Kafka. */
  private void refuseEarly(String model, String by, Change change) {
    try {
      var unused = next(model, by, change, deployed.state(model).map(DeploymentState::asked));
    } catch (ProblemException e) {
      // Another server may have written a revision that this one has yet to read.
      if (e.type() != ProblemType.REVISION_MISMATCH) {
        throw e;
      }
    }
  }

  private Deployment next(String model, String by, Change change, Optional<Deployment> asked) {
    Optional<Deployment> current = asked.map(rollouts::effective);
    Deployment.Builder next = change.next(current);
    if (current.filter(deployment -> deployment.getRollout() != null).isPresent()) {
      throw new ProblemException(
          ProblemType.ROLLOUT_RUNNING,
          "A rollout of the model goes on; abort or promote it before the deployment is changed.");
    }
    return next.setModel(model)
        .setRevision(1 + asked.map(Deployment::getRevision).orElse(rollouts.lastRevision(model)))
        .setUpdatedBy(by)
        .setUpdatedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
        .build();
  }

  private static ProblemException unknown() {
    return new ProblemException(
        ProblemType.UNKNOWN_MODEL, "No model of this name is deployed; GET /v1/models lists them.");
  }
}
