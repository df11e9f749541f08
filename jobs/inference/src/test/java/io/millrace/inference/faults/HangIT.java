package io.millrace.inference.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.Commands;
import io.millrace.inference.config.InferenceConfig;
import io.millrace.models.ModelVersion;
import io.millrace.models.faulty.Marker;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls that do not return. */
@ExtendWith(FaultStackResolver.class)
class HangIT {

  private static final int WORKERS = 2;
  private static final int GOOD = 60;

  /** In a batch with others, which is cut until it stands alone. */
  private static final List<String> AMONG_OTHERS =
      List.of("where is my refund number 100 " + Marker.HANG.text());

  /** Longer than all others, so that each is in a batch of its own: few calls are given up. */
  private static final List<String> ALONE =
      List.of(
          "my card is lost ".repeat(5) + Marker.HANG.text(),
          "my card is lost ".repeat(15) + Marker.HANG.text());

  @Test
  void hangingItemsTimeOutAndTheirWorkersLive(FaultStack stack) throws Exception {
    // Given
    ModelVersion version = stack.faulty(FaultStack.FAULTS);

    // When
    try (FaultJob job = FaultJob.start(config(stack, "4s"), version, commands(AMONG_OTHERS))) {
      Map<String, InferenceResult> results = job.finish();

      // Then
      assertThat(FaultJob.outcomes(results)).isEqualTo(expected(AMONG_OTHERS));
      assertThat(job.stats(version).abandonments()).isZero();
      assertThat(workers(version)).isEqualTo(WORKERS);
    }
  }

  @Test
  void workersOfDeafCallsAreReplaced(FaultStack stack) throws Exception {
    // Given
    ModelVersion version = stack.faulty(FaultStack.FAULTS.withDeafCalls());

    // When
    try (FaultJob job = FaultJob.start(config(stack, "1s"), version, commands(ALONE))) {
      Map<String, InferenceResult> results = job.finish();

      // Then
      assertThat(FaultJob.outcomes(results)).isEqualTo(expected(ALONE));
      assertThat(job.stats(version).abandonments()).isEqualTo(ALONE.size());
      assertThat(job.stats(version).abandonedCalls()).isEqualTo(ALONE.size());
      assertThat(workers(version)).isEqualTo(WORKERS + ALONE.size());
    }
  }

  private static InferenceConfig config(FaultStack stack, String callTimeout) {
    return stack.config(
        Map.of("MODELS_CALL_TIMEOUT", callTimeout, "MODELS_WORKERS_PER_VERSION", "" + WORKERS));
  }

  private static List<InferenceCommand> commands(List<String> hanging) {
    List<InferenceCommand> commands = new ArrayList<>();
    for (int i = 0; i < hanging.size(); i++) {
      commands.add(Commands.command("hanging-" + i, hanging.get(i)));
    }
    for (int i = 0; i < GOOD; i++) {
      commands.add(Commands.command("good-" + i, "where is my refund number " + i + " {fine}"));
    }
    return commands;
  }

  private static Map<String, String> expected(List<String> hanging) {
    Map<String, String> expected = new TreeMap<>();
    for (InferenceCommand command : commands(hanging)) {
      expected.put(
          command.getJobId(), command.getJobId().startsWith("good") ? "SUCCEEDED" : "TIMEOUT");
    }
    return expected;
  }

  /** Threads of the version that are alive, those of given-up calls too. */
  private static long workers(ModelVersion version) {
    String prefix = "millrace-%s-%s-worker".formatted(version.model(), version.version());
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .count();
  }
}
