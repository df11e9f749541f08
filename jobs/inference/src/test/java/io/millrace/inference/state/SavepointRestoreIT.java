package io.millrace.inference.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.Commands;
import io.millrace.inference.infer.HeldModels;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.DriftReport;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.QualityReport;
import io.millrace.schemas.avro.ResultStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
  @ValueSource(ints = {1, 2, 3})
  void theJobGoesOnWhereTheEarlierVersionStopped(int savepoint) throws Exception {
    Instant started = Instant.now();
    HeldModels.hold();
    Preloads.SEEN.clear();
    try (Broker broker = Broker.start(directory.resolve("kafka"))) {
      fillWhatWasRead(broker, savepoint);

      try (StateJob job =
          StateJob.start(
              broker,
              directory,
              new StateJob.Settings(2, DEPLOYMENT_WAIT, SEEN_TTL),
              location(savepoint))) {
        job.await(() -> assertThat(broker.resultsByJob()).containsOnlyKeys("tired"));
        broker.send(History.ANSWERED);
        for (InferenceCommand command : History.inFlight(savepoint)) {
          broker.send(command);
        }
        broker.deploy(Commands.deployment(History.LATE_MODEL, 1, "3.0.0"));
        broker.send(Commands.command("new", "an answered text"));
        if (savepoint >= 2) {
          broker.send(History.WITHDRAWN_SINCE_2);
        }
        job.await(() -> assertThat(broker.resultsByJob().keySet()).isEqualTo(ended(savepoint)));
        HeldModels.release();
        job.await(() -> assertThat(broker.resultsByJob().keySet()).isEqualTo(all(savepoint)));
        if (savepoint >= 3) {
          broker.tell(History.FEEDBACK_SINCE_3);
          job.await(() -> assertThatTheAnsweredOneIsReported(broker, started));
        }
        // Commits all that is under way: a second result of a job would be there now.
        job.stopWithSavepoint();
      }

      Map<String, InferenceResult> results = broker.resultsByJob();
      assertThat(result(results, "tired").getError().getReason())
          .isEqualTo(ErrorReason.MODEL_NOT_FOUND);
      assertThat(result(results, "patient").getVersion()).isEqualTo("3.0.0");
      assertThat(result(results, "new").getVersion()).isEqualTo("1.0.0");
      assertThat(result(results, "in-flight-1").getVersion()).isEqualTo("1.1.0");
      assertThat(result(results, "in-flight-2").getVersion()).isEqualTo("1.1.0");
      assertThat(result(results, "in-flight-3").getVersion()).isEqualTo("2.0.0");
      if (savepoint >= 2) {
        assertThat(result(results, "withdrawn").getStatus()).isEqualTo(ResultStatus.CANCELLED);
        assertThat(result(results, "backed").getVersion()).isEqualTo("0.9.0");
        assertThat(result(results, "backed").getOrigin()).isEqualTo(Origin.FALLBACK);
      }
      assertThat(Preloads.SEEN).isEqualTo(preloads(savepoint));
      assertThat(broker.deadLetters()).as("records read again").isZero();
    }
  }

  /** What was summed up, and what waited for its label, are in the reports of that time. */
  private static void assertThatTheAnsweredOneIsReported(Broker broker, Instant started)
      throws Exception {
    assertThat(broker.read(Topic.DRIFT_REPORTS, MessageCodec.DRIFT_REPORTS))
        .filteredOn(report -> report.getWindowStart().plusSeconds(60).equals(report.getWindowEnd()))
        .filteredOn(report -> report.getWindowEnd().isBefore(started))
        .filteredOn(report -> report.getSegment().equals("all"))
        .extracting(DriftReport::getN)
        .isNotEmpty()
        .containsOnly(1L);
    assertThat(broker.read(Topic.QUALITY_REPORTS, MessageCodec.QUALITY_REPORTS))
        .filteredOn(report -> report.getLabelled() == 1)
        .extracting(QualityReport::getAccuracy)
        .isNotEmpty()
        .containsOnly(1.0);
  }

  /** Jobs that end although models are held. */
  private static Set<String> ended(int savepoint) {
    Set<String> jobs = new HashSet<>(Set.of("tired", "patient", "new"));
    if (savepoint >= 2) {
      jobs.add("withdrawn");
    }
    return jobs;
  }

  private static Set<String> all(int savepoint) {
    Set<String> jobs = ended(savepoint);
    History.inFlight(savepoint).forEach(command -> jobs.add(command.getJobId()));
    return jobs;
  }

  private static Set<String> preloads(int savepoint) {
    Set<String> versions = new HashSet<>(Set.of("late-desk 3.0.0"));
    for (Deployment deployment : History.deployments(savepoint)) {
      versions.add(deployment.getModel() + " " + deployment.getVersion());
      if (deployment.getFallbackVersion() != null) {
        versions.add(deployment.getModel() + " " + deployment.getFallbackVersion());
      }
    }
    return versions;
  }

  /** What follows has the offsets behind the savepoint's. */
  private static void fillWhatWasRead(Broker broker, int savepoint) throws Exception {
    for (Deployment deployment : History.deployments(savepoint)) {
      broker.fill(Topic.DEPLOYMENTS, deployment.getModel());
    }
    for (InferenceCommand command : History.beginning(savepoint)) {
      broker.fill(Topic.REQUESTS, command.getFingerprint());
    }
    broker.fill(Topic.REQUESTS, History.TIRED.getFingerprint());
    for (InferenceCommand command : History.inFlight(savepoint)) {
      broker.fill(Topic.REQUESTS, command.getFingerprint());
    }
  }

  private static InferenceResult result(Map<String, InferenceResult> results, String jobId) {
    return Objects.requireNonNull(results.get(jobId));
  }

  private static String location(int savepoint) {
    String name = "savepoint-" + savepoint;
    return Objects.requireNonNull(SavepointRestoreIT.class.getResource(name)).toString();
  }
}
