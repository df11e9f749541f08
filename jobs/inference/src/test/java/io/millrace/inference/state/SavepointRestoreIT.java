package io.millrace.inference.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.Commands;
import io.millrace.inference.infer.HeldModels;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job of this version goes on with what earlier versions had in their state. */
class SavepointRestoreIT {

  /** Never over: savepoints grow old, and the age of a seen job id is in them. */
  private static final Duration SEEN_TTL = Duration.ofDays(36_525);

  private static final Duration DEPLOYMENT_WAIT = Duration.ofHours(1);

  @TempDir private Path directory;

  @AfterEach
  void release() {
    HeldModels.release();
  }

  @ParameterizedTest
  @ValueSource(strings = "savepoint-1")
  void theJobGoesOnWhereTheEarlierVersionStopped(String savepoint) throws Exception {
    HeldModels.hold();
    Preloads.SEEN.clear();
    try (Broker broker = Broker.start(directory.resolve("kafka"))) {
      fillWhatWasRead(broker);

      try (StateJob job =
          StateJob.start(
              broker,
              directory,
              new StateJob.Settings(2, DEPLOYMENT_WAIT, SEEN_TTL),
              location(savepoint))) {
        job.await(() -> assertThat(broker.resultsByJob()).containsOnlyKeys("tired"));
        broker.send(History.ANSWERED);
        for (InferenceCommand command : History.IN_FLIGHT) {
          broker.send(command);
        }
        broker.deploy(Commands.deployment(History.LATE_MODEL, 1, "3.0.0"));
        broker.send(Commands.command("new", "an answered text"));
        job.await(
            () -> assertThat(broker.resultsByJob()).containsOnlyKeys("tired", "patient", "new"));
        HeldModels.release();
        job.await(
            () ->
                assertThat(broker.resultsByJob())
                    .containsOnlyKeys(
                        "tired", "patient", "new", "in-flight-1", "in-flight-2", "in-flight-3"));
        // Commits all that is under way: a second result of a job would be there now.
        job.stopWithSavepoint();
      }

      Map<String, InferenceResult> results = broker.resultsByJob();
      assertThat(results).hasSize(6);
      assertThat(result(results, "tired").getError().getReason())
          .isEqualTo(ErrorReason.MODEL_NOT_FOUND);
      assertThat(result(results, "patient").getVersion()).isEqualTo("3.0.0");
      assertThat(result(results, "new").getVersion()).isEqualTo("1.0.0");
      assertThat(result(results, "in-flight-1").getVersion()).isEqualTo("1.1.0");
      assertThat(result(results, "in-flight-2").getVersion()).isEqualTo("1.1.0");
      assertThat(result(results, "in-flight-3").getVersion()).isEqualTo("2.0.0");
      assertThat(Preloads.SEEN)
          .containsExactlyInAnyOrder("support-desk 1.0.0", "held-desk 1.1.0", "late-desk 3.0.0");
      assertThat(broker.deadLetters()).as("records read again").isZero();
    }
  }

  /** What follows has the offsets behind the savepoint's. */
  private static void fillWhatWasRead(Broker broker) throws Exception {
    for (Deployment deployment : History.DEPLOYMENTS) {
      broker.fill(Topic.DEPLOYMENTS, deployment.getModel());
    }
    broker.fill(Topic.REQUESTS, History.PATIENT.getFingerprint());
    broker.fill(Topic.REQUESTS, History.ANSWERED.getFingerprint());
    broker.fill(Topic.REQUESTS, History.TIRED.getFingerprint());
    for (InferenceCommand command : History.IN_FLIGHT) {
      broker.fill(Topic.REQUESTS, command.getFingerprint());
    }
  }

  private static InferenceResult result(Map<String, InferenceResult> results, String jobId) {
    return Objects.requireNonNull(results.get(jobId));
  }

  private static String location(String savepoint) {
    return Objects.requireNonNull(SavepointRestoreIT.class.getResource(savepoint)).toString();
  }
}
