package io.millrace.inference.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.inference.Commands;
import io.millrace.models.ModelVersion;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.ResultStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Jobs that wait for a model are ended by their deadlines and their cancellations. */
@ExtendWith(FaultStackResolver.class)
class WaitingIT {

  private static final int EACH = 40;

  /** What the one worker can have taken up; the model's batches hold no more. */
  private static final int TAKEN = 32;

  @Test
  void jobsThatWaitBehindAHangingCallEndWithoutIt(FaultStack stack) throws Exception {
    // Given
    Path hanging = Files.createFile(stack.newFile());
    ModelVersion hung = stack.faulty(FaultStack.FAULTS.withHangWhile(hanging));
    Instant soon = Instant.now().plusSeconds(5);
    List<InferenceCommand> commands = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      commands.add(Commands.command("patient-" + i, "where is order " + i));
      commands.add(Commands.command("hurried-" + i, "send order back " + i, soon));
      commands.add(Commands.command("cancelled-" + i, "i was charged twice for " + i));
      commands.add(Commands.cancellation("cancelled-" + i, "i was charged twice for " + i));
    }

    try (FaultJob job =
        FaultJob.start(
            stack.config(Map.of("MODELS_CALL_TIMEOUT", "10m", "MODELS_WORKERS_PER_VERSION", "1")),
            hung,
            commands)) {
      // When
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () ->
                  job.stats(hung).runningCalls() == 1
                      && count(job.results().committed(), ResultStatus.CANCELLED) == EACH
                      && count(job.results().committed(), ResultStatus.EXPIRED) >= EACH - TAKEN);
      assertThat(count(job.results().committed(), ResultStatus.SUCCEEDED)).isZero();

      // And when it no longer hangs
      Files.delete(hanging);
      Map<String, InferenceResult> results = job.finish();

      // Then
      assertThat(results).hasSize(3 * EACH);
      long expired = count(results.values(), ResultStatus.EXPIRED);
      long succeeded = count(results.values(), ResultStatus.SUCCEEDED);
      assertThat(count(results.values(), ResultStatus.CANCELLED)).isEqualTo(EACH);
      assertThat(expired + succeeded).isEqualTo(2 * EACH);
      assertThat(results.values())
          .filteredOn(result -> result.getStatus() == ResultStatus.EXPIRED)
          .allMatch(result -> result.getJobId().startsWith("hurried"));
      assertThat(job.stats(hung).items())
          .as(
              "nothing is computed for those who expired, nor for those cancelled while they waited")
          .isLessThanOrEqualTo(succeeded + TAKEN);
    }
  }

  private static long count(Collection<InferenceResult> results, ResultStatus status) {
    return results.stream().filter(result -> result.getStatus() == status).count();
  }
}
