package io.millrace.inference.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.inference.Commands;
import io.millrace.models.ModelVersion;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Versions share the job, but neither their workers nor their queues. */
@ExtendWith(FaultStackResolver.class)
class BulkheadIT {

  private static final int EACH = 60;

  @Test
  void aVersionWhoseCallsAllHangDoesNotHoldUpAnother(FaultStack stack) throws Exception {
    // Given
    Path hanging = Files.createFile(stack.newFile());
    ModelVersion hung = stack.faulty(FaultStack.FAULTS.withHangWhile(hanging));
    ModelVersion other = stack.faulty(FaultStack.FAULTS);
    List<InferenceCommand> commands = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      commands.add(command("hung-" + i, hung));
      commands.add(command("other-" + i, other));
    }

    try (FaultJob job =
        FaultJob.start(stack.config(Map.of("MODELS_CALL_TIMEOUT", "10m")), other, commands)) {
      // When
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> job.results().committed().size() == EACH && hangs(job, hung));

      // Then
      assertThat(job.results().committed())
          .extracting(InferenceResult::getVersion)
          .containsOnly(other.version());

      // And when it no longer hangs
      Files.delete(hanging);
      Map<String, InferenceResult> results = job.finish();

      // Then
      assertThat(results).hasSize(2 * EACH);
      assertThat(FaultJob.outcomes(results).values()).containsOnly("SUCCEEDED");
    }
  }

  /** What waits for the version that hangs fills the room that all versions share. */
  @Test
  void theBreakerGivesBackTheRoomThatAHangingVersionTakes(FaultStack stack) throws Exception {
    // Given
    Path hanging = Files.createFile(stack.newFile());
    ModelVersion hung = stack.faulty(FaultStack.FAULTS.withHangWhile(hanging));
    ModelVersion other = stack.faulty(FaultStack.FAULTS);
    List<InferenceCommand> commands = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      commands.add(command("hung-1-" + i, hung));
      commands.add(command("hung-2-" + i, hung));
      commands.add(command("other-" + i, other));
    }
    Map<String, String> settings =
        Map.of(
            "INFER_CAPACITY", "10",
            "MODELS_CALL_TIMEOUT", "500ms",
            "MODELS_BREAKER_WAIT_DURATION_IN_OPEN_STATE", "10m");

    // When
    Map<String, InferenceResult> results;
    try (FaultJob job = FaultJob.start(stack.config(settings), other, commands)) {
      results = job.finish();
    }

    // Then
    assertThat(hanging).exists();
    Map<String, String> outcomes = FaultJob.outcomes(results);
    assertThat(outcomes).hasSize(3 * EACH);
    outcomes.forEach(
        (job, outcome) ->
            assertThat(outcome)
                .as(job)
                .isIn(
                    job.startsWith("other")
                        ? List.of("SUCCEEDED")
                        : List.of("TIMEOUT", "CIRCUIT_OPEN")));
  }

  private static boolean hangs(FaultJob job, ModelVersion version) {
    return job.stats(version).runningCalls() > 0;
  }

  private static InferenceCommand command(String jobId, ModelVersion version) {
    return Commands.command(jobId, version.model(), "where is order " + jobId, version.version());
  }
}
