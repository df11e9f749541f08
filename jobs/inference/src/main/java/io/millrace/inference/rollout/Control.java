package io.millrace.inference.rollout;

import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.RolloutCommand;
import io.millrace.schemas.avro.RolloutDecision;
import org.jspecify.annotations.Nullable;

/** What a rollout hears besides the observations; exactly one member is there. */
public record Control(
    String model,
    @Nullable Deployment deployment,
    @Nullable RolloutDecision decision,
    @Nullable RolloutCommand command,
    @Nullable VersionReadiness readiness,
    @Nullable LabelledOutcome outcome) {

  static Control of(Deployment deployment) {
    return new Control(deployment.getModel(), deployment, null, null, null, null);
  }

  static Control of(RolloutDecision decision) {
    return new Control(decision.getModel(), null, decision, null, null, null);
  }

  static Control of(RolloutCommand command) {
    return new Control(command.getModel(), null, null, command, null, null);
  }

  static Control of(VersionReadiness readiness) {
    return new Control(readiness.model(), null, null, null, readiness, null);
  }

  static Control of(LabelledOutcome outcome) {
    return new Control(outcome.model(), null, null, null, null, outcome);
  }
}
