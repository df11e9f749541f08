package io.millrace.inference.traffic;

import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.RolloutDecision;
import org.jspecify.annotations.Nullable;

/**
 * A deployment or a decision, or neither: a beat, at which is done what nothing else causes.
 *
 * @param deployment null for none
 * @param decision null for none
 */
public record TrafficChange(@Nullable Deployment deployment, @Nullable RolloutDecision decision) {

  public static TrafficChange of(Deployment deployment) {
    return new TrafficChange(deployment, null);
  }

  public static TrafficChange of(RolloutDecision decision) {
    return new TrafficChange(null, decision);
  }

  public static TrafficChange beat() {
    return new TrafficChange(null, null);
  }

  /** The model that it is of; null of a beat. */
  public @Nullable String model() {
    if (deployment != null) {
      return deployment.getModel();
    }
    return decision != null ? decision.getModel() : null;
  }

  /** What is known then. */
  public ModelTraffic appliedTo(ModelTraffic known) {
    ModelTraffic asked = deployment != null ? known.with(deployment) : known;
    return decision != null ? asked.with(decision) : asked;
  }
}
