package io.millrace.inference.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.Commands;
import io.millrace.models.ModelVersion;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.Submit;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What answers for a version that cannot. */
@ExtendWith(FaultStackResolver.class)
class FallbackIT {

  private static final int JOBS = 60;

  @Test
  void theFallbackVersionAnswersForOneThatIsDown(FaultStack stack) throws Exception {
    // Given
    ModelVersion down = down(stack);
    List<InferenceCommand> commands = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      commands.add(Commands.command("job-" + i, "where is my parcel number " + i));
    }

    // When
    Map<String, InferenceResult> results =
        run(stack, deployment(down, FaultStack.SOUND.version()), commands);

    // Then
    assertThat(results).hasSize(JOBS);
    assertThat(results.values())
        .allSatisfy(
            result -> {
              assertThat(result.getOrigin()).isEqualTo(Origin.FALLBACK);
              assertThat(result.getVersion()).isEqualTo(FaultStack.SOUND.version());
              assertThat(Tensors.strings(result.getOutputs().get(0))).hasSize(1);
            });
  }

  @Test
  void aFallbackThatIsDownTooLeavesTheFirstFailure(FaultStack stack) throws Exception {
    // Given one that is down, and one that no repository has
    ModelVersion down = down(stack);

    // When
    Map<String, InferenceResult> results =
        run(
            stack,
            deployment(down, "9.9.9"),
            List.of(Commands.command("job", "where is my money now")));

    // Then
    assertThat(FaultJob.outcomes(results)).containsExactly(Map.entry("job", "MODEL_FAILURE"));
    assertThat(Objects.requireNonNull(results.get("job")).getVersion()).isEqualTo(down.version());
  }

  @Test
  void whoAllowsItGetsTheLastGoodAnswer(FaultStack stack) throws Exception {
    // Given contents that an earlier version has answered
    ModelVersion earlier = stack.faulty(FaultStack.FAULTS);
    Map<String, InferenceResult> before =
        run(
            stack,
            deployment(earlier, null),
            List.of(
                Commands.command("first", "the app crashes at the start"),
                Commands.command("second", "the app crashes at the end")));

    // When the deployed one is down
    Map<String, InferenceResult> results =
        run(
            stack,
            deployment(down(stack), null),
            List.of(
                allowStale(Commands.command("known", "the app crashes at the start")),
                Commands.command("known-but-fresh-only", "the app crashes at the end"),
                allowStale(Commands.command("unknown", "the app crashes in between"))));

    // Then
    assertThat(FaultJob.outcomes(results))
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    "known", "SUCCEEDED",
                    "known-but-fresh-only", "MODEL_FAILURE",
                    "unknown", "MODEL_FAILURE")));
    InferenceResult stale = Objects.requireNonNull(results.get("known"));
    assertThat(stale.getOrigin()).isEqualTo(Origin.STALE);
    assertThat(stale.getVersion()).isEqualTo(earlier.version());
    assertThat(stale.getOutputs())
        .isEqualTo(Objects.requireNonNull(before.get("first")).getOutputs());
  }

  private static ModelVersion down(FaultStack stack) throws Exception {
    return stack.faulty(FaultStack.FAULTS.withFailWhile(Files.createFile(stack.newFile())));
  }

  private static Map<String, InferenceResult> run(
      FaultStack stack, Deployment deployment, List<InferenceCommand> commands) throws Exception {
    try (FaultJob job = FaultJob.start(stack.config(Map.of()), deployment, commands)) {
      return job.finish();
    }
  }

  private static Deployment deployment(ModelVersion version, @Nullable String fallback) {
    Deployment deployment = Commands.deployment(version.model(), 1, version.version());
    deployment.setFallbackVersion(fallback);
    return deployment;
  }

  private static InferenceCommand allowStale(InferenceCommand command) {
    ((Submit) command.getCommand()).setAllowStale(true);
    return command;
  }
}
