package io.millrace.inference.rollout;

import io.millrace.inference.traffic.Revision;
import io.millrace.inference.traffic.Serving;
import io.millrace.schemas.EffectiveDeployment;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.MetricEvidence;
import io.millrace.schemas.avro.MetricVerdict;
import io.millrace.schemas.avro.RolloutAction;
import io.millrace.schemas.avro.RolloutCommand;
import io.millrace.schemas.avro.RolloutCommandAction;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutPhase;
import io.millrace.schemas.avro.RolloutPlan;
import io.millrace.schemas.avro.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows from a state: the next decision on the newest revision. */
final class RolloutPolicy {

  private static final String CONTROLLER = "controller";

  private final RolloutState state;
  private final Round round;
  private final Revision revision;
  private final Deployment deployment;
  private final @Nullable RolloutPlan plan;
  private final Serving serving;
  private final Instant now;
  private final RolloutPhase phase;
  private final int step;
  private final boolean paused;

  RolloutPolicy(
      RolloutState state, Revision revision, Deployment deployment, Serving serving, Instant now) {
    this.state = state;
    this.revision = revision;
    this.deployment = deployment;
    this.serving = serving;
    this.now = now;
    round = state.round();
    plan = deployment.getCandidate() == null ? null : deployment.getRollout();
    RolloutDecision last = revision.decision();
    RolloutPhase known = state.phase();
    phase = known == null ? RolloutPhase.ACTIVE : known;
    step = last == null ? -1 : last.getStep();
    paused = last != null && last.getPaused();
  }

  @Nullable RolloutDecision decide() {
    return switch (phase) {
      case LOADING -> loading();
      case SHADOW, CANARY -> plan == null ? null : running(plan);
      case ACTIVE, PROMOTED, ROLLED_BACK, REJECTED -> null;
    };
  }

  private @Nullable RolloutDecision loading() {
    Readiness readiness = Readiness.of(state.readiness(), revision.number());
    if (readiness.failure() != null) {
      return ending(RolloutAction.REJECT, RolloutPhase.REJECTED, before())
          .setReason("cannot be loaded: " + readiness.failure())
          .build();
    }
    if (plan != null) {
      RolloutDecision answer = answer(readiness.isComplete());
      if (answer != null) {
        return answer;
      }
    }
    if (!readiness.isComplete() || paused) {
      return null;
    }
    String loaded = "loaded and warm in %d subtasks".formatted(readiness.subtasks());
    if (plan == null) {
      return ending(RolloutAction.ACTIVATE, RolloutPhase.ACTIVE, asked()).setReason(loaded).build();
    }
    return plan.getShadowShare() > 0 ? shadow(plan, loaded) : next(plan, loaded, List.of());
  }

  private @Nullable RolloutDecision running(RolloutPlan running) {
    RolloutDecision answer = answer(true);
    if (answer != null) {
      return answer;
    }
    Guards guards = new Guards(running);
    List<MetricEvidence> judged = guards.judge(phase, round.evidence(), round.thresholdSeconds());
    List<MetricEvidence> worse =
        judged.stream().filter(metric -> metric.getVerdict() == MetricVerdict.WORSE).toList();
    if (!worse.isEmpty()) {
      return ending(RolloutAction.ROLL_BACK, RolloutPhase.ROLLED_BACK, productionAlone())
          .setReason("worse than production: " + Reasons.of(worse))
          .setEvidence(judged)
          .build();
    }
    if (paused) {
      return null;
    }
    if (guards.letPass(round.evidence().current(), judged)) {
      RolloutDecision next = next(running, "not worse: " + Reasons.of(judged), judged);
      if (next != null) {
        return next;
      }
    }
    Duration stage = Duration.ofMillis(now.toEpochMilli() - round.stageMillis());
    return stage.toSeconds() >= running.getMaxStageSeconds()
        ? here(RolloutAction.PAUSE)
            .setPaused(true)
            .setReason(
                "inconclusive after %d s: %s".formatted(stage.toSeconds(), Reasons.of(judged)))
            .setEvidence(judged)
            .build()
        : null;
  }

  private RolloutDecision shadow(RolloutPlan of, String reason) {
    return builder(RolloutAction.SHADOW)
        .setPhase(RolloutPhase.SHADOW)
        .setStep(-1)
        .setTraffic(new Traffic(deployment.getVersion(), candidate(), 0.0, of.getShadowShare()))
        .setReason(reason)
        .build();
  }

  /** The step after the one that runs, or all traffic; null while the first one has to wait. */
  private @Nullable RolloutDecision next(
      RolloutPlan of, String reason, List<MetricEvidence> judged) {
    int following = step + 1;
    if (following >= of.getSteps().size()) {
      return ending(RolloutAction.PROMOTE, RolloutPhase.PROMOTED, candidateAlone())
          .setReason(reason)
          .setEvidence(judged)
          .build();
    }
    List<MetricEvidence> evidence = judged;
    if (following == 0 && of.getLatency() != null) {
      Double threshold = threshold(of);
      if (threshold == null) {
        return null;
      }
      evidence = withThreshold(of, judged, threshold);
    }
    return builder(RolloutAction.STEP)
        .setPhase(RolloutPhase.CANARY)
        .setStep(following)
        .setTraffic(
            new Traffic(deployment.getVersion(), candidate(), of.getSteps().get(following), 0.0))
        .setReason(reason)
        .setEvidence(evidence)
        .build();
  }

  /** The first step's decision says what is slow from then on. */
  private List<MetricEvidence> withThreshold(
      RolloutPlan of, List<MetricEvidence> judged, double threshold) {
    List<MetricEvidence> evidence = new ArrayList<>(judged);
    new Guards(of)
        .judge(RolloutPhase.CANARY, Evidence.NONE, threshold).stream()
            .filter(metric -> metric.getThresholdSeconds() != null)
            .forEach(evidence::add);
    return evidence;
  }

  private @Nullable Double threshold(RolloutPlan of) {
    if (of.getLatencyThresholdSeconds() != null) {
      return of.getLatencyThresholdSeconds();
    }
    return state.baseline().isEnoughFor(serving.traffic().getVersion())
        ? state.baseline().thresholdSeconds()
        : null;
  }

  /**
   * What an operator asked for.
   *
   * @param loaded whether the candidate can answer; it is not promoted before
   */
  private @Nullable RolloutDecision answer(boolean loaded) {
    for (RolloutCommand command : state.commands()) {
      boolean waits = command.getAction() == RolloutCommandAction.PROMOTE && !loaded;
      if (command.getRevision() == revision.number() && !waits) {
        return answer(command);
      }
    }
    return null;
  }

  private RolloutDecision answer(RolloutCommand command) {
    RolloutDecision.Builder builder =
        switch (command.getAction()) {
          case PAUSE -> here(RolloutAction.PAUSE).setPaused(true);
          case RESUME -> here(RolloutAction.RESUME).setPaused(false);
          case PROMOTE -> ending(RolloutAction.PROMOTE, RolloutPhase.PROMOTED, candidateAlone());
          case ABORT -> ending(RolloutAction.ABORT, RolloutPhase.ROLLED_BACK, productionAlone());
        };
    String reason = command.getReason();
    return builder
        .setBy(command.getBy())
        .setCommandId(command.getId())
        .setReason(reason == null || reason.isBlank() ? "asked for by an operator" : reason)
        .setEvidence(judged())
        .build();
  }

  private List<MetricEvidence> judged() {
    return plan == null
        ? List.of()
        : new Guards(plan).judge(phase, round.evidence(), round.thresholdSeconds());
  }

  private RolloutDecision.Builder here(RolloutAction action) {
    return builder(action).setPhase(phase).setStep(step).setTraffic(serving.traffic());
  }

  private RolloutDecision.Builder ending(RolloutAction action, RolloutPhase end, Traffic traffic) {
    return builder(action).setPhase(end).setStep(-1).setPaused(false).setTraffic(traffic);
  }

  private RolloutDecision.Builder builder(RolloutAction action) {
    RolloutDecision last = revision.decision();
    return RolloutDecision.newBuilder()
        .setModel(deployment.getModel())
        .setRevision(revision.number())
        .setSequence(last == null ? 1 : last.getSequence() + 1)
        .setAction(action)
        .setBy(CONTROLLER)
        .setDecidedAt(now);
  }

  private @Nullable String candidate() {
    return deployment.getCandidate() == null ? null : deployment.getCandidate().getVersion();
  }

  private Traffic asked() {
    return EffectiveDeployment.asked(deployment);
  }

  private Traffic candidateAlone() {
    String promoted = candidate();
    return new Traffic(promoted == null ? deployment.getVersion() : promoted, null, 0.0, 0.0);
  }

  private Traffic productionAlone() {
    return new Traffic(serving.traffic().getVersion(), null, 0.0, 0.0);
  }

  /** Traffic as it was; but nobody looks any more at a rollout that this revision broke off. */
  private Traffic before() {
    RolloutPhase former = null;
    for (Revision other : state.logs().revisions()) {
      if (other.number() < revision.number() && other.decision() != null) {
        former = other.decision().getPhase();
      }
    }
    return former != null && RolloutController.isCompared(former)
        ? productionAlone()
        : serving.traffic();
  }
}
