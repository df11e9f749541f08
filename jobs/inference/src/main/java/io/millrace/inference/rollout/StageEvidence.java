package io.millrace.inference.rollout;

import io.millrace.schemas.avro.RolloutPhase;
import io.millrace.statistics.sequential.BinomialCounts;
import org.jspecify.annotations.Nullable;

/**
 * What was observed in one stage: the shadow, or one step of the canary.
 *
 * @param step index into the plan's steps; -1 in the shadow
 * @param failed answers that failed
 * @param slow answers above the latency threshold
 * @param wrong answers with another label than the feedback
 * @param differing pairs of the shadow that differ
 * @param withLabel answers that feedback could judge
 */
public record StageEvidence(
    RolloutPhase phase,
    int step,
    Comparison failed,
    Comparison slow,
    Comparison wrong,
    BinomialCounts differing,
    long withLabel) {

  static StageEvidence begin(RolloutPhase phase, int step) {
    return new StageEvidence(
        phase, step, Comparison.NONE, Comparison.NONE, Comparison.NONE, BinomialCounts.NONE, 0);
  }

  /** Whether a stage compares an arm: the shadow is no canary. */
  boolean looksAt(Arm arm) {
    return arm == Arm.PRODUCTION || (arm == Arm.SHADOW) == (phase == RolloutPhase.SHADOW);
  }

  StageEvidence plus(Observation observation, @Nullable Double thresholdSeconds) {
    Double latency = observation.latencySeconds();
    Boolean agrees = observation.agrees();
    return new StageEvidence(
        phase,
        step,
        failed.plus(observation.arm(), observation.failed()),
        latency == null || thresholdSeconds == null
            ? slow
            : slow.plus(observation.arm(), latency > thresholdSeconds),
        wrong,
        agrees == null ? differing : differing.plus(!agrees),
        observation.label() == null ? withLabel : withLabel + 1);
  }

  StageEvidence plus(LabelledOutcome outcome) {
    return new StageEvidence(
        phase,
        step,
        failed,
        slow,
        wrong.plus(outcome.arm(), !outcome.right()),
        differing,
        withLabel);
  }
}
