package io.millrace.inference.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cache.ResultCache;
import io.millrace.inference.Commands;
import io.millrace.inference.config.InferenceConfig;
import io.millrace.models.ModelVersion;
import io.millrace.models.faulty.Marker;
import io.millrace.models.runtime.RuntimeStats;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Items that go wrong whatever batch they are in. */
@ExtendWith(FaultStackResolver.class)
class PoisonIT {

  private static final int JOBS = 120;

  /** Every so-many-th text asks for a fault, each for the next one of these. */
  private static final int EACH = 10;

  private static final List<Marker> MARKERS =
      List.of(Marker.THROW, Marker.NAN, Marker.OOM, Marker.INVALID);

  private static final Map<Marker, String> REASONS =
      Map.of(
          Marker.THROW, "MODEL_FAILURE",
          Marker.NAN, "NON_FINITE_OUTPUT",
          Marker.OOM, "OUT_OF_MEMORY",
          Marker.INVALID, "INVALID_INPUT");

  @Test
  void onlyThePoisonedFailEachForItsReasonAndNoFailureIsCached(FaultStack stack) throws Exception {
    // Given
    ModelVersion version = stack.faulty(FaultStack.FAULTS);
    InferenceConfig config = stack.config(Map.of());
    List<InferenceCommand> commands = new ArrayList<>();
    Map<String, String> expected = new TreeMap<>();
    for (int i = 0; i < JOBS; i++) {
      // Of like length, so that all share batches.
      String text = "where is my refund number " + i;
      if (i % EACH == 0) {
        Marker marker = MARKERS.get(i / EACH % MARKERS.size());
        text += " " + marker.text();
        expected.put("job-" + i, REASONS.get(marker));
      } else {
        text += " {fine}";
        expected.put("job-" + i, "SUCCEEDED");
      }
      commands.add(Commands.command("job-" + i, text));
    }

    // When
    Map<String, InferenceResult> results;
    RuntimeStats stats;
    try (FaultJob job = FaultJob.start(config, version, commands)) {
      results = job.finish();
      stats = job.stats(version);
    }

    // Then
    assertThat(FaultJob.outcomes(results)).isEqualTo(expected);
    assertThat(stats.breakerOpened()).as("bad inputs speak for no bad model").isZero();
    Set<String> succeeded =
        expected.keySet().stream()
            .filter(job -> "SUCCEEDED".equals(expected.get(job)))
            .collect(Collectors.toSet());
    if (!cached(stack, version, commands).equals(succeeded)) {
      // A write that Redis does not take within its time is given up: once more is enough.
      try (FaultJob again = FaultJob.start(config, version, commands)) {
        assertThat(FaultJob.outcomes(again.finish())).isEqualTo(expected);
      }
    }
    assertThat(cached(stack, version, commands)).isEqualTo(succeeded);
  }

  private static Set<String> cached(
      FaultStack stack, ModelVersion version, List<InferenceCommand> commands) {
    Set<String> cached = new TreeSet<>();
    try (ResultCache cache = stack.openCache()) {
      for (InferenceCommand command : commands) {
        if (cache.find(command.getFingerprint(), version.version()).join().isPresent()) {
          cached.add(command.getJobId());
        }
      }
    }
    return cached;
  }
}
