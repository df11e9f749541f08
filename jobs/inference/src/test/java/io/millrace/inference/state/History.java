package io.millrace.inference.state;

import static io.millrace.inference.Commands.command;
import static io.millrace.inference.Commands.deployment;

import io.millrace.inference.Commands;
import io.millrace.inference.infer.HeldModels;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.InferenceCommand;
import java.util.List;

/** What a job has seen whose savepoint is kept as a test resource. None of it may change. */
final class History {

  /** Deployed, and so slow that its requests are in flight. */
  static final String HELD_MODEL = HeldModels.PREFIX + "desk";

  /** Not deployed yet. */
  static final String LATE_MODEL = "late-desk";

  /** Never deployed. */
  static final String MISSING_MODEL = "missing-desk";

  static final List<Deployment> DEPLOYMENTS =
      List.of(deployment(Commands.MODEL, 1, "1.0.0"), deployment(HELD_MODEL, 3, "1.1.0"));

  static final InferenceCommand ANSWERED = command("answered", "an answered text");

  /** Two of one content and one of another. */
  static final List<InferenceCommand> IN_FLIGHT =
      List.of(
          command("in-flight-1", HELD_MODEL, "a text", null),
          command("in-flight-2", HELD_MODEL, "a text", null),
          command("in-flight-3", HELD_MODEL, "another text", "2.0.0"));

  /** Waits for its deployment, for as long as it takes. */
  static final InferenceCommand PATIENT = command("patient", LATE_MODEL, "a text", null);

  /** Waits for its deployment, and its time is over when the savepoint is restored. */
  static final InferenceCommand TIRED = command("tired", MISSING_MODEL, "a text", null);

  private History() {}
}
