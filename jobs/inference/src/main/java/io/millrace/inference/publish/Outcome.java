package io.millrace.inference.publish;

import io.millrace.inference.rollout.Observation;
import io.millrace.inference.rollout.VersionReadiness;
import io.millrace.schemas.avro.InferenceResult;
import org.jspecify.annotations.Nullable;

/**
 * What came of one element of the step that infers.
 *
 * @param result a job's; null of a shadow and a probe
 * @param observation what it tells of a version in a rollout; null for nothing
 * @param readiness a probe's; null of others
 */
public record Outcome(
    @Nullable InferenceResult result,
    @Nullable Observation observation,
    @Nullable VersionReadiness readiness) {

  public static Outcome of(InferenceResult result, @Nullable Observation observation) {
    return new Outcome(result, observation, null);
  }

  public static Outcome of(Observation observation) {
    return new Outcome(null, observation, null);
  }

  public static Outcome of(VersionReadiness readiness) {
    return new Outcome(null, null, readiness);
  }
}
