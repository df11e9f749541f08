package io.millrace.schemas;

import io.millrace.schemas.avro.Candidate;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutPhase;
import io.millrace.schemas.avro.Traffic;
import org.jspecify.annotations.Nullable;

/** A deployment as the decisions of the rollout controller have left it. */
public final class EffectiveDeployment {

  private EffectiveDeployment() {}

  /**
   * What an operator would have to ask for to get what there is: after a promotion the candidate is
   * the version in production, and after any end of a rollout there is no candidate.
   *
   * @param decision the last one of the model; null for none. One for another revision says nothing
   */
  public static Deployment of(Deployment deployment, @Nullable RolloutDecision decision) {
    if (decision == null
        || decision.getRevision() != deployment.getRevision()
        || !isEnd(decision.getPhase())) {
      return deployment;
    }
    return Deployment.newBuilder(deployment)
        .setVersion(decision.getTraffic().getVersion())
        .setCandidate(null)
        .setRollout(null)
        .build();
  }

  /** Whether a revision's rollout is over. */
  public static boolean isEnd(RolloutPhase phase) {
    return switch (phase) {
      case PROMOTED, ROLLED_BACK, REJECTED -> true;
      case LOADING, ACTIVE, SHADOW, CANARY -> false;
    };
  }

  /**
   * The traffic that a deployment asks for once its versions are loaded: with a rollout none for
   * the candidate, which gets it by decisions.
   */
  public static Traffic asked(Deployment deployment) {
    Candidate candidate = deployment.getCandidate();
    if (candidate == null || deployment.getRollout() != null) {
      return new Traffic(deployment.getVersion(), null, 0.0, 0.0);
    }
    return new Traffic(
        deployment.getVersion(),
        candidate.getVersion(),
        candidate.getWeight(),
        candidate.getShadowShare());
  }
}
