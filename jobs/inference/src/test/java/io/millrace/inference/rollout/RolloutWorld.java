package io.millrace.inference.rollout;

import io.millrace.inference.Commands;
import io.millrace.inference.traffic.Serving;
import io.millrace.inference.traffic.Traffics;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.MetricGuard;
import io.millrace.schemas.avro.RolloutCommand;
import io.millrace.schemas.avro.RolloutCommandAction;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A controller with the log that it writes and reads, and a clock. */
final class RolloutWorld {

  /** What a checkpoint keeps. */
  record Snapshot(RolloutState state, int read) {}

  static final String OLD = "1.0.0";
  static final String NEW = "2.0.0";

  final List<RolloutDecision> log = new ArrayList<>();
  RolloutState state = RolloutState.NONE;
  long now = 1_000;
  private int read;
  private int commands;

  /** Steps of a half, errors and latency guarded, decided from 50 observations on. */
  static Deployment rollout(long revision, double shadowShare) {
    Deployment deployment = Traffics.rollout(revision, OLD, NEW);
    deployment.setRollout(
        RolloutPlan.newBuilder()
            .setShadowShare(shadowShare)
            .setSteps(List.of(0.1, 0.5))
            .setMinObservations(50)
            .setMinEvents(5)
            .setMaxStageSeconds(600)
            .setErrorRate(new MetricGuard(0.1, 0.2))
            .setLatency(new MetricGuard(0.1, 0.2))
            .setLatencyThresholdSeconds(1.0)
            .build());
    return deployment;
  }

  /** The first version serves, the second is loaded; what is decided then is read. */
  static RolloutWorld begun(double shadowShare) {
    RolloutWorld world = new RolloutWorld();
    world.deploy(Traffics.deployment(1, OLD));
    world.deploy(rollout(2, shadowShare));
    world.ready(2, 0, 1);
    world.readAll();
    return world;
  }

  void deploy(Deployment deployment) {
    hear(Control.of(deployment));
  }

  void ready(long revision, int subtask, int subtasks) {
    hear(Control.of(new VersionReadiness(Commands.MODEL, revision, subtask, subtasks, null)));
  }

  void fails(long revision, String failure) {
    hear(Control.of(new VersionReadiness(Commands.MODEL, revision, 0, 1, failure)));
  }

  String ask(RolloutCommandAction action) {
    String id = "command-" + commands++;
    hear(
        Control.of(
            RolloutCommand.newBuilder()
                .setId(id)
                .setModel(Commands.MODEL)
                .setRevision(2)
                .setAction(action)
                .setBy("key-1")
                .setRequestedAt(Instant.ofEpochMilli(now))
                .build()));
    return id;
  }

  void hear(Control control) {
    state = RolloutController.hear(state, control, now);
    write();
  }

  void tick(long millis) {
    now += millis;
    write();
  }

  /** Reads back the next record of the log, if there is one. */
  boolean readNext() {
    if (read == log.size()) {
      return false;
    }
    hear(Control.of(log.get(read++)));
    return true;
  }

  /** A record that was read already comes again. */
  void readAgain() {
    if (read > 0) {
      hear(Control.of(log.get(read / 2)));
    }
  }

  void readAll() {
    while (readNext()) {
      // What was read may have led to more.
    }
  }

  /** Answers of all arms, of the given share of failures of the new version. */
  void observe(int times, double failures) {
    for (int i = 0; i < times; i++) {
      boolean failed = i < times * failures;
      observe(Arm.PRODUCTION, OLD, false, 0.1);
      observe(Arm.CANDIDATE, NEW, failed, 0.1);
      observe(Arm.SHADOW, NEW, failed, 0.1);
    }
  }

  void observe(Arm arm, String version, boolean failed, @Nullable Double latency) {
    state =
        RolloutController.observe(
            state,
            new Observation(
                Commands.MODEL,
                2,
                version,
                arm,
                "job",
                failed,
                failed ? null : latency,
                null,
                null));
    write();
  }

  Snapshot snapshot() {
    return new Snapshot(state, read);
  }

  void restore(Snapshot snapshot) {
    state = snapshot.state();
    read = snapshot.read();
  }

  Serving serving() {
    return Objects.requireNonNull(state.logs().serving());
  }

  /** The log as its readers take it: the first of a revision and sequence. */
  List<RolloutDecision> counted() {
    Map<List<Long>, RolloutDecision> first = new LinkedHashMap<>();
    log.forEach(
        decision ->
            first.putIfAbsent(List.of(decision.getRevision(), decision.getSequence()), decision));
    return List.copyOf(first.values());
  }

  private void write() {
    RolloutDecision proposed = RolloutController.decide(state, now);
    if (proposed != null) {
      log.add(proposed);
      state = state.with(state.round().proposing(new Proposal(proposed, now)));
    }
  }
}
