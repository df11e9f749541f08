package io.millrace.inference.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.Commands;
import io.millrace.inference.config.InferenceConfig;
import io.millrace.models.ModelVersion;
import io.millrace.models.runtime.BreakerState;
import io.millrace.models.runtime.RuntimeStats;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A version that always fails is left alone, and taken back when it is well. */
@ExtendWith(FaultStackResolver.class)
class BreakerIT {

  private static final int JOBS = 60;

  @Test
  void aVersionThatIsDownIsNoLongerCalled(FaultStack stack) throws Exception {
    // Given a breaker that stays open
    Path down = Files.createFile(stack.newFile());
    ModelVersion version = stack.faulty(FaultStack.FAULTS.withFailWhile(down));
    InferenceConfig config =
        stack.config(Map.of("MODELS_BREAKER_WAIT_DURATION_IN_OPEN_STATE", "50m"));
    Deployment deployment = Commands.deployment(version.model(), 1, version.version());
    RuntimeStats opened;

    // When
    try (FaultJob job = FaultJob.start(config, deployment, commands("first"))) {
      List<String> outcomes = List.copyOf(FaultJob.outcomes(job.finish()).values());

      // Then some jobs found that out, and all others were spared
      opened = job.stats(version);
      assertThat(outcomes).hasSize(JOBS).containsOnly("MODEL_FAILURE", "CIRCUIT_OPEN");
      assertThat(Collections.frequency(outcomes, "MODEL_FAILURE")).isEqualTo(opened.failedItems());
      assertThat(Collections.frequency(outcomes, "CIRCUIT_OPEN")).isEqualTo(opened.refusedItems());
      assertThat(opened.breakerState()).isEqualTo(BreakerState.OPEN);
      assertThat(opened.breakerOpened()).isEqualTo(1);
    }

    // And when it is well again, which nobody knows yet
    Files.delete(down);
    deployment.setFallbackVersion(FaultStack.SOUND.version());
    try (FaultJob job = FaultJob.start(config, deployment, commands("second"))) {
      Map<String, InferenceResult> results = job.finish();

      // Then
      assertThat(results.values())
          .hasSize(JOBS)
          .allSatisfy(result -> assertThat(result.getOrigin()).isEqualTo(Origin.FALLBACK));
      assertThat(job.stats(version).items()).isZero();
      assertThat(job.stats(version).failedItems()).isEqualTo(opened.failedItems());
      assertThat(job.stats(version).refusedItems()).isEqualTo(opened.refusedItems() + JOBS);
    }
  }

  @Test
  void aVersionThatIsWellAgainIsTakenBack(FaultStack stack) throws Exception {
    // Given a breaker that tries again soon, with one call
    Path down = Files.createFile(stack.newFile());
    ModelVersion version = stack.faulty(FaultStack.FAULTS.withFailWhile(down));
    InferenceConfig config =
        stack.config(
            Map.of(
                "MODELS_BREAKER_WAIT_DURATION_IN_OPEN_STATE",
                "1ms",
                "MODELS_BREAKER_PERMITTED_NUMBER_OF_CALLS_IN_HALF_OPEN_STATE",
                "1"));
    try (FaultJob job = FaultJob.start(config, version, commands("third"))) {
      assertThat(FaultJob.outcomes(job.finish()).values()).doesNotContain("SUCCEEDED");
      assertThat(job.stats(version).breakerOpened()).isPositive();
    }

    // When
    Files.delete(down);
    List<InferenceCommand> probe = List.of(Commands.command("probe", "where is the probe"));
    try (FaultJob job = FaultJob.start(config, version, probe)) {
      assertThat(FaultJob.outcomes(job.finish())).containsExactly(Map.entry("probe", "SUCCEEDED"));
      assertThat(job.stats(version).breakerState()).isEqualTo(BreakerState.CLOSED);
    }

    // Then
    try (FaultJob job = FaultJob.start(config, version, commands("fourth"))) {
      assertThat(FaultJob.outcomes(job.finish()).values()).hasSize(JOBS).containsOnly("SUCCEEDED");
    }
  }

  /** Jobs of different contents. */
  private static List<InferenceCommand> commands(String order) {
    return IntStream.range(0, JOBS)
        .mapToObj(
            i ->
                Commands.command("job-" + i, "when comes item " + i + " of my " + order + " order"))
        .toList();
  }
}
