package io.millrace.inference.traffic;

import io.millrace.schemas.EffectiveDeployment;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutPhase;
import org.jspecify.annotations.Nullable;

/**
 * One revision of a model's deployment.
 *
 * @param deployment what was asked for; null while only decisions on it have come
 * @param decision the last one; null for none
 */
public record Revision(
    long number, @Nullable Deployment deployment, @Nullable RolloutDecision decision) {

  Revision with(Deployment asked) {
    return new Revision(number, asked, decision);
  }

  /** With a decision, unless it or a later one is known. */
  Revision with(RolloutDecision decided) {
    return decision != null && decision.getSequence() >= decided.getSequence()
        ? this
        : new Revision(number, deployment, decided);
  }

  /** Whether the traffic of this revision follows from it alone. */
  boolean standsAlone() {
    return deployment != null
        && decision != null
        && decision.getPhase() != RolloutPhase.LOADING
        && decision.getPhase() != RolloutPhase.REJECTED;
  }

  /**
   * What requests get from this revision on.
   *
   * @param before what they got; null for nothing
   */
  @Nullable Serving after(@Nullable Serving before) {
    if (deployment == null) {
      return before;
    }
    return decision == null
        ? undecided(deployment, before)
        : decided(deployment, decision, before == null ? deployment : before.deployment());
  }

  /**
   * The first deployment is active at once, since nothing else could serve; so is one that sends
   * traffic only to versions that have some already. Any other waits for a decision.
   */
  private Serving undecided(Deployment asked, @Nullable Serving before) {
    boolean rollout = asked.getRollout() != null;
    if (before == null) {
      return new Serving(number, asked, EffectiveDeployment.asked(asked), rollout ? asked : null);
    }
    if (!rollout && before.hasAllOf(EffectiveDeployment.asked(asked))) {
      return new Serving(number, asked, EffectiveDeployment.asked(asked), null);
    }
    return new Serving(before.revision(), before.deployment(), before.traffic(), asked);
  }

  private Serving decided(Deployment asked, RolloutDecision last, Deployment before) {
    return switch (last.getPhase()) {
      case LOADING -> new Serving(number, before, last.getTraffic(), asked);
      case REJECTED -> new Serving(number, before, last.getTraffic(), null);
      case ACTIVE, SHADOW, CANARY, PROMOTED, ROLLED_BACK ->
          new Serving(number, asked, last.getTraffic(), null);
    };
  }
}
