package io.millrace.inference.rollout;

import io.millrace.inference.traffic.ModelTraffic;
import io.millrace.inference.traffic.Revision;
import io.millrace.inference.traffic.Serving;
import io.millrace.schemas.EffectiveDeployment;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.MetricEvidence;
import io.millrace.schemas.avro.RolloutAction;
import io.millrace.schemas.avro.RolloutCommand;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutMetric;
import io.millrace.schemas.avro.RolloutPhase;
import io.millrace.schemas.avro.RolloutStatus;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Moves a model's traffic from one version to another: what it heard makes the next state, and the
 * state makes the next decision. A decision counts once it is read back from the log, whoever wrote
 * it; until then nothing else is decided.
 */
final class RolloutController {

  /** After which a decision that is not read back is written again, as it was. */
  private static final long WRITE_AGAIN_MILLIS = 3_000;

  private static final long STATUS_MILLIS = 1_000;
  private static final long SLOWEST_STATUS_MILLIS = 15_000;
  private static final int STATUSES_OF_AN_AGE = 300;

  private RolloutController() {}

  /** With an answer. */
  static RolloutState observe(RolloutState state, Observation observation) {
    Serving serving = state.logs().serving();
    Revision newest = state.newest();
    if (serving == null || newest == null) {
      return state;
    }
    RolloutState next = state;
    boolean production = observation.version().equals(serving.traffic().getVersion());
    Double latency = observation.latencySeconds();
    if (production && observation.arm() == Arm.PRODUCTION && latency != null) {
      next = next.with(state.baseline().plus(observation.version(), latency));
    }
    boolean expected =
        observation.arm() == Arm.PRODUCTION
            ? production
            : observation.version().equals(serving.traffic().getCandidate());
    if (expected && observation.revision() == newest.number() && isCompared(state)) {
      Round round = state.round();
      next = next.with(round.with(round.evidence().plus(observation, round.thresholdSeconds())));
    }
    return next;
  }

  /** With anything else; exactly what it is decides. */
  static RolloutState hear(RolloutState state, Control control, long now) {
    if (control.deployment() != null) {
      return logged(state, state.logs().with(control.deployment()), now);
    }
    if (control.decision() != null) {
      return logged(state, state.logs().with(control.decision()), now);
    }
    if (control.readiness() != null) {
      return ready(state, control.readiness());
    }
    if (control.command() != null) {
      return asked(state, control.command());
    }
    return control.outcome() == null ? state : judged(state, control.outcome());
  }

  private static RolloutState logged(RolloutState state, ModelTraffic logs, long now) {
    Revision before = state.newest();
    RolloutState read =
        new RolloutState(
            logs, state.round(), state.baseline(), state.readiness(), state.commands());
    Revision newest = read.newest();
    if (newest == null) {
      return read;
    }
    RolloutState next =
        before != null && before.number() == newest.number() ? read : begun(read, newest, now);
    RolloutDecision decision = newest.decision();
    boolean isNew = before == null || !newest.equals(before);
    return decision == null || !isNew ? next : decided(next, newest, decision);
  }

  private static RolloutState begun(RolloutState state, Revision newest, long now) {
    return new RolloutState(
        state.logs(),
        Round.begin(newest.number(), now),
        state.baseline(),
        state.readiness().stream().filter(report -> report.revision() >= newest.number()).toList(),
        state.commands().stream()
            .filter(command -> command.getRevision() >= newest.number())
            .toList());
  }

  private static RolloutState decided(
      RolloutState state, Revision newest, RolloutDecision decision) {
    Round round = state.round();
    Proposal proposal = round.proposal();
    if (proposal != null && proposal.decision().getSequence() <= decision.getSequence()) {
      round = round.proposing(null);
    }
    Double threshold = threshold(decision);
    if (threshold != null) {
      round = round.withThreshold(threshold);
    }
    if (decision.getCommandId() != null) {
      round = round.answering(decision.getCommandId());
    }
    Evidence evidence = round.evidence();
    if (isCompared(decision.getPhase())) {
      evidence = evidence.inStage(decision.getPhase(), decision.getStep());
    }
    if (!evidence.equals(round.evidence()) || decision.getAction() == RolloutAction.RESUME) {
      round = round.inStageSince(decision.getDecidedAt().toEpochMilli());
    }
    List<String> answered = round.answered();
    boolean over = !takesCommands(newest, decision.getPhase());
    return new RolloutState(
        state.logs(),
        round.with(evidence),
        state.baseline(),
        state.readiness(),
        state.commands().stream()
            .filter(
                command ->
                    command.getRevision() > newest.number()
                        || !(over || answered.contains(command.getId())))
            .toList());
  }

  private static @Nullable Double threshold(RolloutDecision decision) {
    for (MetricEvidence evidence : decision.getEvidence()) {
      if (evidence.getMetric() == RolloutMetric.LATENCY) {
        return evidence.getThresholdSeconds();
      }
    }
    return null;
  }

  private static RolloutState ready(RolloutState state, VersionReadiness report) {
    Revision newest = state.newest();
    if ((newest != null && report.revision() < newest.number())
        || state.readiness().contains(report)) {
      return state;
    }
    return new RolloutState(
        state.logs(),
        state.round(),
        state.baseline(),
        Stream.concat(state.readiness().stream(), Stream.of(report)).toList(),
        state.commands());
  }

  private static RolloutState asked(RolloutState state, RolloutCommand command) {
    Revision newest = state.newest();
    boolean early = newest == null || command.getRevision() > newest.number();
    boolean now =
        newest != null
            && command.getRevision() == newest.number()
            && takesCommands(newest, state.phase())
            && !state.round().answered().contains(command.getId());
    boolean known =
        state.commands().stream().anyMatch(other -> other.getId().equals(command.getId()));
    if (known || !(early || now)) {
      return state;
    }
    return new RolloutState(
        state.logs(),
        state.round(),
        state.baseline(),
        state.readiness(),
        Stream.concat(state.commands().stream(), Stream.of(command)).toList());
  }

  private static RolloutState judged(RolloutState state, LabelledOutcome outcome) {
    Round round = state.round();
    return outcome.revision() == round.revision() && isCompared(state)
        ? state.with(round.with(round.evidence().plus(outcome)))
        : state;
  }

  private static boolean takesCommands(Revision revision, @Nullable RolloutPhase phase) {
    Deployment deployment = revision.deployment();
    return phase != null
        && phase != RolloutPhase.ACTIVE
        && !EffectiveDeployment.isEnd(phase)
        && deployment != null
        && deployment.getRollout() != null;
  }

  private static boolean isCompared(RolloutState state) {
    RolloutPhase phase = state.phase();
    return phase != null && isCompared(phase);
  }

  static boolean isCompared(RolloutPhase phase) {
    return phase == RolloutPhase.SHADOW || phase == RolloutPhase.CANARY;
  }

  /** What is to be written to the log now; null for nothing. */
  static @Nullable RolloutDecision decide(RolloutState state, long now) {
    Proposal proposal = state.round().proposal();
    if (proposal != null) {
      return now - proposal.writtenMillis() >= WRITE_AGAIN_MILLIS ? proposal.decision() : null;
    }
    Revision newest = state.newest();
    Serving serving = state.logs().serving();
    if (newest == null || newest.deployment() == null || serving == null) {
      return null;
    }
    return new RolloutPolicy(state, newest, newest.deployment(), serving, Instant.ofEpochMilli(now))
        .decide();
  }

  /**
   * Whether the status is to be told: each second at first, then less and less often, so that a
   * chart of a fixed number of them shows a long rollout too; each 15 seconds at least.
   */
  static boolean isStatusDue(RolloutState state, long now) {
    long age = now - state.round().startedMillis();
    long interval =
        Math.max(STATUS_MILLIS, Math.min(SLOWEST_STATUS_MILLIS, age / STATUSES_OF_AN_AGE));
    return now - state.round().toldMillis() >= interval;
  }

  /** Where the newest revision is; null while nothing is deployed. */
  static @Nullable RolloutStatus status(RolloutState state, long now) {
    Revision newest = state.newest();
    RolloutPhase phase = state.phase();
    if (newest == null || newest.deployment() == null || phase == null) {
      return null;
    }
    RolloutDecision decision = newest.decision();
    Readiness readiness = Readiness.of(state.readiness(), newest.number());
    return RolloutStatus.newBuilder()
        .setModel(newest.deployment().getModel())
        .setRevision(newest.number())
        .setPhase(phase)
        .setStep(decision == null ? -1 : decision.getStep())
        .setPaused(decision != null && decision.getPaused())
        .setLoaded(readiness.loaded())
        .setSubtasks(readiness.subtasks())
        .setEvidence(evidence(state, newest.deployment(), phase))
        .setAt(Instant.ofEpochMilli(now))
        .build();
  }

  private static List<MetricEvidence> evidence(
      RolloutState state, Deployment deployment, RolloutPhase phase) {
    return deployment.getRollout() == null
        ? List.of()
        : new Guards(deployment.getRollout())
            .judge(phase, state.round().evidence(), state.round().thresholdSeconds());
  }
}
