package io.millrace.inference.rollout;

import io.millrace.schemas.avro.ArmCounts;
import io.millrace.schemas.avro.MetricEvidence;
import io.millrace.schemas.avro.MetricGuard;
import io.millrace.schemas.avro.MetricVerdict;
import io.millrace.schemas.avro.RolloutMetric;
import io.millrace.schemas.avro.RolloutPhase;
import io.millrace.schemas.avro.RolloutPlan;
import io.millrace.statistics.sequential.BinomialCounts;
import io.millrace.statistics.sequential.ConfidenceSequence;
import io.millrace.statistics.sequential.Estimate;
import io.millrace.statistics.sequential.NonInferiority;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Judges the evidence of a rollout by the metrics that its plan guards. */
final class Guards {

  private final RolloutPlan plan;

  Guards(RolloutPlan plan) {
    this.plan = plan;
  }

  /**
   * What is known of the metrics that a phase looks at: errors and agreement in the shadow; errors,
   * latency and accuracy over all steps of the canary.
   *
   * @param thresholdSeconds above which an answer is slow; null before the canary
   */
  List<MetricEvidence> judge(
      RolloutPhase phase, Evidence evidence, @Nullable Double thresholdSeconds) {
    List<StageEvidence> stages = evidence.of(phase);
    List<MetricEvidence> judged = new ArrayList<>();
    MetricGuard errors = plan.getErrorRate();
    if (errors != null) {
      judged.add(compared(RolloutMetric.ERROR_RATE, errors, stages, StageEvidence::failed));
    }
    MetricGuard agreement = plan.getAgreement();
    if (agreement != null && phase == RolloutPhase.SHADOW) {
      judged.add(agreeing(agreement, stages));
    }
    MetricGuard latency = plan.getLatency();
    if (latency != null && phase == RolloutPhase.CANARY) {
      MetricEvidence slow = compared(RolloutMetric.LATENCY, latency, stages, StageEvidence::slow);
      slow.setThresholdSeconds(thresholdSeconds);
      judged.add(slow);
    }
    MetricGuard accuracy = plan.getAccuracy();
    if (accuracy != null && phase == RolloutPhase.CANARY) {
      MetricEvidence wrong =
          compared(RolloutMetric.ACCURACY, accuracy, stages, StageEvidence::wrong);
      wrong.setLabelCoverage(labelCoverage(stages));
      judged.add(wrong);
    }
    return judged;
  }

  /** Whether a stage has seen enough, and no metric speaks against going on. */
  boolean letPass(@Nullable StageEvidence stage, List<MetricEvidence> judged) {
    return stage != null
        && stage.failed().fewest() >= plan.getMinObservations()
        && judged.stream().allMatch(Guards::letsPass);
  }

  /** Labels may take days: while there are too few of them they do not hold up a rollout. */
  private static boolean letsPass(MetricEvidence evidence) {
    return evidence.getVerdict() == MetricVerdict.NOT_WORSE
        || (evidence.getMetric() == RolloutMetric.ACCURACY
            && evidence.getVerdict() == MetricVerdict.INSUFFICIENT);
  }

  private MetricEvidence compared(
      RolloutMetric metric,
      MetricGuard guard,
      List<StageEvidence> stages,
      Function<StageEvidence, Comparison> part) {
    List<Comparison> strata = stages.stream().map(part).toList();
    Comparison total = strata.stream().reduce(Comparison.NONE, Comparison::plus);
    Estimate difference = Estimate.ofStrata(strata.stream().map(Comparison::difference).toList());
    return evidence(
        metric,
        total,
        difference,
        rule(metric, guard, guard.getMargin()),
        total.fewest(),
        total.production().events() + total.candidate().events());
  }

  /** One sample: the share that differs may be as large as the margin. */
  private MetricEvidence agreeing(MetricGuard guard, List<StageEvidence> stages) {
    BinomialCounts pairs =
        stages.stream()
            .map(StageEvidence::differing)
            .reduce(BinomialCounts.NONE, BinomialCounts::plus);
    return evidence(
        RolloutMetric.AGREEMENT,
        new Comparison(BinomialCounts.NONE, pairs),
        Estimate.ofShareAbove(pairs, guard.getMargin()),
        rule(RolloutMetric.AGREEMENT, guard, 0),
        pairs.observations(),
        pairs.events());
  }

  private NonInferiority rule(RolloutMetric metric, MetricGuard guard, double margin) {
    return new NonInferiority(
        ConfidenceSequence.eachEnd(alpha(metric), guard.getMinimumDetectableEffect()),
        margin,
        plan.getMinObservations(),
        plan.getMinEvents());
  }

  private static MetricEvidence evidence(
      RolloutMetric metric,
      Comparison total,
      Estimate estimate,
      NonInferiority rule,
      long fewest,
      long events) {
    boolean known = estimate.isKnown();
    return MetricEvidence.newBuilder()
        .setMetric(metric)
        .setProduction(counts(total.production()))
        .setCandidate(counts(total.candidate()))
        .setDifference(known ? estimate.difference() : null)
        .setLower(known ? rule.sequence().lower(estimate) : null)
        .setUpper(known ? rule.sequence().upper(estimate) : null)
        .setMargin(rule.margin())
        .setAlpha(rule.sequence().alphaOfAnEnd())
        .setVerdict(MetricVerdict.valueOf(rule.judge(estimate, fewest, events).name()))
        .build();
  }

  private static ArmCounts counts(BinomialCounts counts) {
    return new ArmCounts(counts.observations(), counts.events());
  }

  private static @Nullable Double labelCoverage(List<StageEvidence> stages) {
    long withLabel = 0;
    long judged = 0;
    for (StageEvidence stage : stages) {
      withLabel += stage.withLabel();
      judged +=
          stage.wrong().production().observations() + stage.wrong().candidate().observations();
    }
    // Feedback to answers of the stage before the canary would make it more than all.
    return withLabel == 0 ? null : Math.min(1, (double) judged / withLabel);
  }

  /**
   * The metric's part of the plan's alpha. Clients notice errors first, and errors come fast: they
   * have three parts, any other metric one (Bonferroni, weighted).
   */
  private double alpha(RolloutMetric metric) {
    int parts = plan.getErrorRate() == null ? 0 : weight(RolloutMetric.ERROR_RATE);
    parts += plan.getLatency() == null ? 0 : weight(RolloutMetric.LATENCY);
    parts += plan.getAccuracy() == null ? 0 : weight(RolloutMetric.ACCURACY);
    parts += plan.getAgreement() == null ? 0 : weight(RolloutMetric.AGREEMENT);
    return plan.getAlpha() * weight(metric) / parts;
  }

  private static int weight(RolloutMetric metric) {
    return metric == RolloutMetric.ERROR_RATE ? 3 : 1;
  }
}
