package io.millrace.inference.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.embedded.OtlpReceiver;
import io.millrace.inference.Commands;
import io.millrace.inference.config.InferenceConfig;
import io.millrace.schemas.Traceparent;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The job's spans arrive where an OpenTelemetry collector would be. */
@ExtendWith(FaultStackResolver.class)
class TracingIT {

  private static final int JOBS = 20;

  @Test
  void theSpansOfSampledJobsAreSentAndResultsCarryTheirTraces(FaultStack stack) throws Exception {
    // Given
    Random random = new Random(7);
    List<InferenceCommand> commands = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      InferenceCommand command = Commands.command("job-" + i, "which trace is mine, number " + i);
      command.setTraceparent(Traceparent.create(random, i % 2 == 0).value());
      commands.add(command);
    }

    try (OtlpReceiver receiver = new OtlpReceiver()) {
      InferenceConfig config = stack.config(Map.of("TRACING_ENDPOINT", receiver.endpoint()));

      // When: closing the job sends what is left
      Map<String, InferenceResult> results;
      try (FaultJob job = FaultJob.start(config, FaultStack.SOUND, commands)) {
        results = job.finish();
      }

      // Then
      assertThat(receiver.requests())
          .isNotEmpty()
          .allMatch("/v1/traces application/x-protobuf"::equals);
      for (String text : List.of("queue", "infer", "batch", "publish", "millrace-inference")) {
        assertThat(receiver.received(text)).as(text).isTrue();
      }
      for (InferenceCommand command : commands) {
        Traceparent trace =
            Objects.requireNonNull(Traceparent.parse(command.getTraceparent()), "made above");
        InferenceResult result = Objects.requireNonNull(results.get(command.getJobId()));
        assertThat(result.getTraceparent()).isEqualTo(trace.value());
        assertThat(receiver.receivedId(trace.traceId())).isEqualTo(trace.sampled());
        assertThat(receiver.receivedId(trace.spanId())).isEqualTo(trace.sampled());
      }
    }
  }
}
