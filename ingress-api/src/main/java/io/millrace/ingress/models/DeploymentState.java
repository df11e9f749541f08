package io.millrace.ingress.models;

import io.millrace.schemas.EffectiveDeployment;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutPhase;
import io.millrace.schemas.avro.Traffic;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a model is deployed.
 *
 * @param asked what an operator asked for last
 * @param effective the same as decisions have left it
 * @param decision the last one of this revision
 * @param phase where the revision is; without a decision it is loading or active
 * @param traffic which versions answer now: while the revision is loading those of before
 */
public record DeploymentState(
    Deployment asked,
    Deployment effective,
    Optional<RolloutDecision> decision,
    RolloutPhase phase,
    Traffic traffic) {

  /** Whether a rollout goes on, or waits to begin. */
  public boolean isRollingOut() {
    return effective.getRollout() != null;
  }

  public long revision() {
    return asked.getRevision();
  }

  /**
   * The state after several revisions of a deployment.
   *
   * @param revisions ascending; at least one
   * @param decisions those of the model, the newest first
   */
  static DeploymentState of(List<Deployment> revisions, List<RolloutDecision> decisions) {
    Deployment asked = revisions.get(revisions.size() - 1);
    Traffic traffic = before(revisions.get(0), decisions);
    RolloutPhase phase = RolloutPhase.LOADING;
    for (Deployment revision : revisions) {
      RolloutDecision decision = decision(revision, decisions);
      if (decision != null) {
        traffic = decision.getTraffic();
        phase = decision.getPhase();
      } else if (isActiveAtOnce(revision, traffic)) {
        traffic = EffectiveDeployment.asked(revision);
        phase = RolloutPhase.ACTIVE;
      } else {
        phase = RolloutPhase.LOADING;
      }
    }
    RolloutDecision last = decision(asked, decisions);
    return new DeploymentState(
        asked,
        EffectiveDeployment.of(asked, last),
        Optional.ofNullable(last),
        phase,
        Objects.requireNonNullElseGet(traffic, () -> EffectiveDeployment.asked(asked)));
  }

  /** The traffic before the first revision that is known; null when nobody decided on any. */
  private static @Nullable Traffic before(Deployment first, List<RolloutDecision> decisions) {
    return decisions.stream()
        .filter(decision -> decision.getRevision() < first.getRevision())
        .findFirst()
        .map(RolloutDecision::getTraffic)
        .orElse(null);
  }

  private static @Nullable RolloutDecision decision(
      Deployment revision, List<RolloutDecision> decisions) {
    return decisions.stream()
        .filter(decision -> decision.getRevision() == revision.getRevision())
        .findFirst()
        .orElse(null);
  }

  /** Nothing has to be loaded first, or there is nothing else that could answer meanwhile. */
  private static boolean isActiveAtOnce(Deployment revision, @Nullable Traffic before) {
    if (revision.getRollout() != null) {
      return false;
    }
    if (before == null) {
      return true;
    }
    Traffic after = EffectiveDeployment.asked(revision);
    return isActive(after.getVersion(), before)
        && (after.getCandidate() == null || isActive(after.getCandidate(), before));
  }

  private static boolean isActive(String version, Traffic traffic) {
    return version.equals(traffic.getVersion()) || version.equals(traffic.getCandidate());
  }
}
