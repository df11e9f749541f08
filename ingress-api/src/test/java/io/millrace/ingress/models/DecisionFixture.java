package io.millrace.ingress.models;

import io.millrace.schemas.avro.RolloutAction;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutPhase;
import io.millrace.schemas.avro.Traffic;
import java.time.Instant;

/** Decisions as the rollout controller makes them, for tests. */
public final class DecisionFixture {

  private DecisionFixture() {}

  public static RolloutDecision.Builder decision(
      String model,
      long revision,
      long sequence,
      RolloutAction action,
      RolloutPhase phase,
      Traffic traffic) {
    return RolloutDecision.newBuilder()
        .setModel(model)
        .setRevision(revision)
        .setSequence(sequence)
        .setAction(action)
        .setPhase(phase)
        .setStep(phase == RolloutPhase.CANARY ? 0 : -1)
        .setTraffic(traffic)
        .setBy("controller")
        .setReason("because of " + sequence)
        .setDecidedAt(Instant.parse("2026-11-01T10:00:00Z").plusSeconds(sequence));
  }

  /** All to one version. */
  public static Traffic all(String version) {
    return new Traffic(version, null, 0.0, 0.0);
  }
}
