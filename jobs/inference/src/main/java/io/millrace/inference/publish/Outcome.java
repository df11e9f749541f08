package io.millrace.inference.publish;

import io.millrace.inference.observe.Sample;
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
 * @param sample what drift, quality and cost are measured on; null for nothing
 * @param rejected whether the job ended before a version was asked, and was counted there
 */
public record Outcome(
    @Nullable InferenceResult result,
    @Nullable Observation observation,
    @Nullable VersionReadiness readiness,
    @Nullable Sample sample,
    boolean rejected) {

  /** What a job ends with. */
  public static Outcome of(
      InferenceResult result, @Nullable Observation observation, @Nullable Sample sample) {
    return new Outcome(result, observation, null, sample, false);
  }

  /** What a shadow ends with. */
  public static Outcome of(@Nullable Observation observation, @Nullable Sample sample) {
    return new Outcome(null, observation, null, sample, false);
  }

  public static Outcome of(VersionReadiness readiness) {
    return new Outcome(null, null, readiness, null, false);
  }

  /** The result of a job that no version was asked about. */
  public static Outcome rejected(InferenceResult result) {
    return new Outcome(result, null, null, null, true);
  }
}
