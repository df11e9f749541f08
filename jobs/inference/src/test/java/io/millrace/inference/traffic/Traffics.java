package io.millrace.inference.traffic;

import io.millrace.inference.Commands;
import io.millrace.schemas.avro.Candidate;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.RolloutAction;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutPhase;
import io.millrace.schemas.avro.RolloutPlan;
import io.millrace.schemas.avro.Traffic;
import org.jspecify.annotations.Nullable;

/** Deployments of {@link Commands#MODEL} and decisions on them. */
public final class Traffics {

  private Traffics() {}

  public static Deployment deployment(long revision, String version) {
    return Commands.deployment(Commands.MODEL, revision, version);
  }

  /** A candidate at a weight, without a rollout. */
  public static Deployment split(long revision, String version, String candidate, double weight) {
    Deployment deployment = deployment(revision, version);
    deployment.setCandidate(Candidate.newBuilder().setVersion(candidate).setWeight(weight).build());
    return deployment;
  }

  public static Deployment rollout(long revision, String version, String candidate) {
    Deployment deployment = split(revision, version, candidate, 0);
    deployment.setRollout(RolloutPlan.newBuilder().build());
    return deployment;
  }

  public static RolloutDecision decision(
      long revision,
      long sequence,
      RolloutPhase phase,
      String version,
      @Nullable String candidate,
      double weight,
      double shadowShare) {
    return RolloutDecision.newBuilder()
        .setModel(Commands.MODEL)
        .setRevision(revision)
        .setSequence(sequence)
        .setAction(RolloutAction.STEP)
        .setPhase(phase)
        .setTraffic(new Traffic(version, candidate, weight, shadowShare))
        .setBy("controller")
        .setReason("")
        .setDecidedAt(Commands.CREATED_AT)
        .build();
  }
}
