package io.millrace.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.config.ConfigLoader;
import io.millrace.inference.config.InferenceConfig;
import io.millrace.inference.infer.EchoServiceFactory;
import io.millrace.inference.reference.NoReferences;
import io.millrace.inference.route.RecordingPreloader;
import io.millrace.jobs.progress.ProgressReporting;
import io.millrace.kafka.ReceivedRecord;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.DeadLetter;
import io.millrace.schemas.avro.DeadLetterReason;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.ResultStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole topology on a MiniCluster, bounded, with a model that echoes. */
class InferenceTopologyIT {

  private static final int JOBS = 400;
  private static final int TEXTS = 100;

  @TempDir private Path directory;

  @Test
  void everyJobEndsOnceWhateverComesTwiceOrDamaged() throws Exception {
    List<ReceivedRecord> requests = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      InferenceCommand command = Commands.command("job-" + i, "text " + i % TEXTS);
      requests.add(request(MessageCodec.COMMANDS.encode(command)));
      if (i % 5 == 0) {
        requests.add(request(MessageCodec.COMMANDS.encode(command)));
      }
    }
    requests.add(request("random bytes".getBytes(StandardCharsets.UTF_8)));
    requests.add(request(MessageCodec.COMMANDS.encode(Commands.command("job-empty", ""))));

    Sinks sinks = run(requests);

    Map<String, InferenceResult> byJob =
        sinks.results.collected().stream()
            .collect(Collectors.toMap(InferenceResult::getJobId, result -> result));
    assertThat(byJob).hasSize(JOBS + 1);
    for (int i = 0; i < JOBS; i++) {
      InferenceResult result = Objects.requireNonNull(byJob.get("job-" + i));
      assertThat(result.getStatus()).isEqualTo(ResultStatus.SUCCEEDED);
      assertThat(Tensors.strings(result.getOutputs().get(0))).containsExactly("text " + i % TEXTS);
    }
    assertThat(byJob.values().stream().filter(r -> r.getOrigin() == Origin.COMPUTED))
        .hasSize(TEXTS);
    InferenceResult empty = Objects.requireNonNull(byJob.get("job-empty"));
    assertThat(empty.getError().getReason()).isEqualTo(ErrorReason.INVALID_INPUT);
    assertThat(encoded(sinks.jobStore)).containsExactlyInAnyOrderElementsOf(encoded(sinks.results));
    assertThat(sinks.deadLetters.collected())
        .extracting(DeadLetter::getReason)
        .containsExactly(DeadLetterReason.UNKNOWN_ENCODING);
  }

  /** As they leave the job: in memory their times are finer than that. */
  private static List<ByteBuffer> encoded(CollectSink<InferenceResult> results) {
    return results.collected().stream()
        .map(MessageCodec.RESULTS::encode)
        .map(ByteBuffer::wrap)
        .toList();
  }

  private record Sinks(
      CollectSink<InferenceResult> results,
      CollectSink<InferenceResult> jobStore,
      CollectSink<DeadLetter> deadLetters) {}

  private Sinks run(List<ReceivedRecord> requests) throws Exception {
    InferenceConfig config =
        ConfigLoader.load(
            null,
            Map.of(
                "MILLRACE_INFERENCE_CHECKPOINTS_DIRECTORY",
                directory.toUri().toString(),
                "MILLRACE_INFERENCE_CHECKPOINTS_INTERVAL",
                "100ms"));
    Configuration flink = InferenceJob.flinkConfiguration(config);
    try (StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(flink)) {
      environment.setParallelism(2);
      Sinks sinks =
          new Sinks(
              new CollectSink<>("results"),
              new CollectSink<>("job-store"),
              new CollectSink<>("dead-letters"));
      DataStream<ReceivedRecord> deployments =
          environment
              .fromData(
                  record(
                      Topic.DEPLOYMENTS,
                      MessageCodec.DEPLOYMENTS.encode(
                          Commands.deployment(Commands.MODEL, 1, "1.0.0"))))
              .uid("test-deployments")
              .setParallelism(1);
      new InferenceTopology(
              config,
              new RecordingPreloader(),
              new EchoServiceFactory(),
              ProgressReporting.NONE,
              new NoReferences())
          .build(
              new InferenceTopology.Sources(
                  environment.fromData(requests).uid("test-requests"),
                  deployments,
                  Streams.nothing(environment, TypeInformation.of(ReceivedRecord.class)),
                  Streams.nothing(environment, TypeInformation.of(ReceivedRecord.class)),
                  Streams.nothing(environment, TypeInformation.of(ReceivedRecord.class)),
                  Streams.nothing(environment, Types.LONG)),
              new InferenceTopology.Sinks(
                  sinks.results,
                  sinks.jobStore,
                  new DiscardingSink<>(),
                  new DiscardingSink<>(),
                  sinks.deadLetters,
                  new DiscardingSink<>(),
                  new DiscardingSink<>(),
                  new DiscardingSink<>()));
      environment.execute("topology test");
      return sinks;
    }
  }

  private static ReceivedRecord request(byte[] value) {
    return record(Topic.REQUESTS, value);
  }

  private static ReceivedRecord record(Topic topic, byte[] value) {
    return new ReceivedRecord(topic.name(), 0, 0, 0, null, value, List.of());
  }
}
