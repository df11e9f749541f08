package io.millrace.inference.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.inference.Commands;
import io.millrace.models.ModelVersion;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A failure of the job while equal contents are under way. */
@ExtendWith(FaultStackResolver.class)
class RestartIT {

  private static final int JOBS = 200;

  /** More than the workers' batches hold, so that some wait while all workers hang. */
  private static final int CONTENTS = 50;

  private static final Map<String, String> CONFIG =
      Map.of("MODELS_CALL_TIMEOUT", "10m", "MODELS_WORKERS_PER_VERSION", "2");

  @Test
  void eachJobEndsOnceAndEachContentIsComputedOnceAnAttempt(FaultStack stack) throws Exception {
    // Given jobs of a version that answers, and of one that hangs
    Path hanging = Files.createFile(stack.newFile());
    ModelVersion sound = stack.faulty(FaultStack.FAULTS);
    ModelVersion hung = stack.faulty(FaultStack.FAULTS.withHangWhile(hanging));
    List<InferenceCommand> commands = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      commands.add(command("sound-" + i, i % CONTENTS, sound));
      commands.add(command("hung-" + i, i % CONTENTS, hung));
    }

    try (FaultJob job = FaultJob.start(stack.config(CONFIG), sound, commands)) {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> job.results().committed().size() == JOBS && waits(job, hung));

      // When the job fails with the others in flight, and starts again
      job.results().failNextCheckpoint();
      await().atMost(Duration.ofMinutes(1)).until(() -> job.results().restarts() > 0);
      Files.delete(hanging);
      Map<String, InferenceResult> results = job.finish();

      // Then
      assertThat(results).hasSize(2 * JOBS);
      assertThat(FaultJob.outcomes(results).values()).containsOnly("SUCCEEDED");
      assertThat(job.stats(sound).items()).isEqualTo(CONTENTS);
      assertThat(computed(results, sound).values()).hasSize(CONTENTS).containsOnly(1L);
      assertThat(job.stats(hung).items()).isBetween((long) CONTENTS, 2L * CONTENTS);
      assertThat(computed(results, hung).values()).hasSize(CONTENTS).containsOnly(1L);
    }
  }

  /** Results of a version that were computed for their jobs, by content. */
  private static Map<String, Long> computed(
      Map<String, InferenceResult> results, ModelVersion version) {
    return results.values().stream()
        .filter(result -> version.version().equals(result.getVersion()))
        .filter(result -> result.getOrigin() == Origin.COMPUTED)
        .map(InferenceResult::getFingerprint)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private static boolean waits(FaultJob job, ModelVersion version) {
    return job.stats(version).runningCalls() > 0 && job.stats(version).queuedItems() > 0;
  }

  private static InferenceCommand command(String jobId, int content, ModelVersion version) {
    return Commands.command(
        jobId, version.model(), "where is order number " + content, version.version());
  }
}
