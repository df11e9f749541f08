package io.millrace.inference.state;

import static io.millrace.inference.Commands.cancellation;
import static io.millrace.inference.Commands.command;
import static io.millrace.inference.Commands.deployment;

import io.millrace.inference.Commands;
import io.millrace.inference.infer.EchoServiceFactory;
import io.millrace.inference.infer.HeldModels;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.Feedback;
import io.millrace.schemas.avro.InferenceCommand;
import java.util.ArrayList;
import java.util.List;

/**
 * What a job has seen whose savepoint is kept as a test resource. None of it may change; what comes
 * later is added {@code SINCE} a savepoint.
 */
final class History {

  /** Deployed, and so slow that its requests are in flight. */
  static final String HELD_MODEL = HeldModels.PREFIX + "desk";

  /** Not deployed yet. */
  static final String LATE_MODEL = "late-desk";

  /** Never deployed. */
  static final String MISSING_MODEL = "missing-desk";

  private static final List<Deployment> DEPLOYMENTS =
      List.of(deployment(Commands.MODEL, 1, "1.0.0"), deployment(HELD_MODEL, 3, "1.1.0"));

  static final InferenceCommand ANSWERED = command("answered", "an answered text");

  /** Two of one content and one of another. */
  private static final List<InferenceCommand> IN_FLIGHT =
      List.of(
          command("in-flight-1", HELD_MODEL, "a text", null),
          command("in-flight-2", HELD_MODEL, "a text", null),
          command("in-flight-3", HELD_MODEL, "another text", "2.0.0"));

  /** Waits for its deployment, for as long as it takes. */
  static final InferenceCommand PATIENT = command("patient", LATE_MODEL, "a text", null);

  /** Waits for its deployment, and its time is over when the savepoint is restored. */
  static final InferenceCommand TIRED = command("tired", MISSING_MODEL, "a text", null);

  /** Deployed with a version that fails and a fallback, whose requests are in flight. */
  static final Deployment BACKED_SINCE_2 =
      Deployment.newBuilder(
              deployment(HeldModels.PREFIX + "backed-desk", 1, EchoServiceFactory.FAILING_VERSION))
          .setFallbackVersion("0.9.0")
          .build();

  static final InferenceCommand BACKED_IN_FLIGHT_SINCE_2 =
      command("backed", BACKED_SINCE_2.getModel(), "a text", null);

  /** Cancelled before it came; it comes after the savepoint. */
  static final InferenceCommand WITHDRAWN_SINCE_2 = command("withdrawn", "a withdrawn text");

  /** The label of what was answered, which comes after the savepoint. */
  static final Feedback FEEDBACK_SINCE_3 =
      Feedback.newBuilder()
          .setJobId(ANSWERED.getJobId())
          .setModel(ANSWERED.getModel())
          .setLabel("an answered text")
          .setCreatedAt(Commands.CREATED_AT)
          .build();

  private History() {}

  /** Deployments that a savepoint has. */
  static List<Deployment> deployments(int savepoint) {
    List<Deployment> all = new ArrayList<>(DEPLOYMENTS);
    if (savepoint >= 2) {
      all.add(BACKED_SINCE_2);
    }
    return all;
  }

  /** What came before the first stop and is answered, seen or waiting. */
  static List<InferenceCommand> beginning(int savepoint) {
    List<InferenceCommand> all = new ArrayList<>(List.of(PATIENT, ANSWERED));
    if (savepoint >= 2) {
      all.add(cancellation(WITHDRAWN_SINCE_2.getJobId(), "a withdrawn text"));
    }
    return all;
  }

  /** Requests that a savepoint has in flight. */
  static List<InferenceCommand> inFlight(int savepoint) {
    List<InferenceCommand> all = new ArrayList<>(IN_FLIGHT);
    if (savepoint >= 2) {
      all.add(BACKED_IN_FLIGHT_SINCE_2);
    }
    return all;
  }
}
