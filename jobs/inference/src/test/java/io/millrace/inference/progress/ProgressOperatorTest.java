package io.millrace.inference.progress;

import static io.millrace.inference.Commands.cancellation;
import static io.millrace.inference.Commands.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cache.JobProgress;
import io.millrace.inference.Commands;
import io.millrace.inference.decode.CommandDecoder;
import io.millrace.inference.deduplicate.DeduplicateFunction;
import io.millrace.inference.deduplicate.UniqueCommand;
import io.millrace.inference.infer.EchoServiceFactory;
import io.millrace.inference.infer.HeldModels;
import io.millrace.inference.infer.InferFunction;
import io.millrace.inference.publish.Outcome;
import io.millrace.inference.publish.Results;
import io.millrace.inference.route.RouteFunction;
import io.millrace.inference.route.RoutedRequest;
import io.millrace.inference.route.VersionPreloader;
import io.millrace.inference.traffic.TrafficChange;
import io.millrace.jobs.decode.DecodeFunction;
import io.millrace.jobs.progress.ProgressReporting;
import io.millrace.kafka.ReceivedRecord;
import io.millrace.models.runtime.ServingOptions;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Each step of the job tells what it must, so that all of them together are right. */
@SuppressWarnings("NullAway.Init")
class ProgressOperatorTest {

  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final int PARTITION = 3;

  private String name;
  private ProgressReporting reporting;

  @BeforeEach
  void name(TestInfo test) {
    name = test.getDisplayName();
    reporting = new SharedProgress(new RecordedProgress.Factory(name));
  }

  @Test
  void whatCannotBeDecodedIsReadAndNotInFlight() throws Exception {
    try (var decode = decode()) {
      decode.open();

      decode.processElement(record(41, command("job", "a text")), 0);
      awaitProgress(42, 1);
      decode.processElement(record(42, new byte[] {1, 2, 3}), 0);

      awaitProgress(43, 1);
      assertThat(decode.getSideOutput(DecodeFunction.DEAD_LETTERS)).hasSize(1);
    }
  }

  @Test
  void whatDeduplicateDropsIsNotInFlight() throws Exception {
    try (var decode = decode();
        var deduplicate = deduplicate()) {
      decode.open();
      deduplicate.open();
      for (int offset = 0; offset < 5; offset++) {
        decode.processElement(record(offset, command("job", "a text")), 0);
      }

      deduplicate.processElement(command("job", "a text"), 0);
      deduplicate.processElement(command("job", "a text"), 0);
      awaitProgress(5, 4);
      // Cancelled before it came: it goes on, to end with the next step.
      deduplicate.processElement(cancellation("next", "a text"), 0);
      deduplicate.processElement(command("next", "a text"), 0);

      assertThat(deduplicate.extractOutputValues())
          .extracting(UniqueCommand::cancelled)
          .containsExactly(false, true);
      awaitProgress(5, 3);
    }
  }

  @Test
  void whatLeavesRouteIsInFlightInInferUntilItIsAnswered() throws Exception {
    HeldModels.hold();
    String model = HeldModels.PREFIX + "desk";
    try (var decode = decode();
        var route = route();
        var infer = infer()) {
      decode.open();
      route.open();
      infer.open();
      route.processElement2(TrafficChange.of(Commands.deployment(model, 1, "1.0.0")), 0);
      for (int i = 0; i < 3; i++) {
        InferenceCommand held = command("job-" + i, model, "text " + i, null);
        decode.processElement(record(i, held), 0);
        route.processElement1(UniqueCommand.of(held), 0);
      }
      awaitProgress(3, 0);

      for (RoutedRequest request : route.extractOutputValues()) {
        infer.processElement(request, 0);
      }
      awaitProgress(3, 3);
      HeldModels.release();
      infer.endInput();

      assertThat(infer.extractOutputValues()).hasSize(3);
      awaitProgress(3, 0);
    }
  }

  @Test
  void aJobThatHasEndedPassesInferAndWasNeverUnderWayThere() throws Exception {
    InferenceResult ended =
        Results.cancelled(command("job", "a text"), null, Instant.ofEpochMilli(5_000));
    try (var infer = infer()) {
      infer.open();
      infer.processElement(RoutedRequest.rejected(ended), 0);
      infer.endInput();

      assertThat(infer.extractOutputValues()).containsExactly(Outcome.rejected(ended));
      awaitInFlight(0);
    }
  }

  @Test
  void whatIsRestoredIsInFlightAgain() throws Exception {
    HeldModels.hold();
    OperatorSubtaskState snapshot;
    try (var infer = infer()) {
      infer.open();
      for (int i = 0; i < 3; i++) {
        InferenceCommand held = command("job-" + i, HeldModels.PREFIX + "desk", "text " + i, null);
        infer.processElement(RoutedRequest.of(held, "1.0.0", 0, null, 0), 0);
      }
      snapshot = infer.snapshot(1, 1);
      awaitInFlight(3);
      HeldModels.release();
    }

    HeldModels.hold();
    try (var infer = infer()) {
      infer.initializeState(snapshot);
      infer.open();
      awaitInFlight(3);

      HeldModels.release();
      infer.endInput();

      awaitInFlight(0);
    }
  }

  private OneInputStreamOperatorTestHarness<ReceivedRecord, InferenceCommand> decode()
      throws Exception {
    return new OneInputStreamOperatorTestHarness<>(
        new ProcessOperator<>(new DecodeFunction<>(new CommandDecoder(), reporting)));
  }

  private KeyedOneInputStreamOperatorTestHarness<String, InferenceCommand, UniqueCommand>
      deduplicate() throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new DeduplicateFunction(Duration.ofHours(24), reporting)),
        InferenceCommand::getFingerprint,
        Types.STRING);
  }

  private KeyedTwoInputStreamOperatorTestHarness<
          String, UniqueCommand, TrafficChange, RoutedRequest>
      route() throws Exception {
    VersionPreloader nothing =
        metrics ->
            new VersionPreloader.Opened() {
              @Override
              public void hold(String model, Map<String, ServingOptions> versions) {}

              @Override
              public void close() {}
            };
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new CoBroadcastWithKeyedOperator<>(
            new RouteFunction(WAIT, nothing, reporting),
            List.of(RouteFunction.TRAFFIC, RouteFunction.DEPLOYMENTS)),
        UniqueCommand::fingerprint,
        null,
        Types.STRING);
  }

  private OneInputStreamOperatorTestHarness<RoutedRequest, Outcome> infer() throws Exception {
    return new OneInputStreamOperatorTestHarness<>(
        new AsyncWaitOperatorFactory<>(
            new InferFunction(new EchoServiceFactory(), reporting),
            WAIT.toMillis(),
            10,
            AsyncDataStream.OutputMode.UNORDERED),
        TypeInformation.of(RoutedRequest.class)
            .createSerializer(new ExecutionConfig().getSerializerConfig()));
  }

  private static ReceivedRecord record(long offset, InferenceCommand command) {
    return record(offset, MessageCodec.COMMANDS.encode(command));
  }

  private static ReceivedRecord record(long offset, byte[] value) {
    return new ReceivedRecord(
        Topic.REQUESTS.name(),
        PARTITION,
        offset,
        0,
        "key".getBytes(StandardCharsets.UTF_8),
        value,
        List.of());
  }

  private void awaitProgress(long position, long inFlight) {
    await()
        .atMost(WAIT)
        .untilAsserted(
            () ->
                assertThat(RecordedProgress.of(name).reports().values())
                    .containsExactly(new JobProgress(Map.of(PARTITION, position), inFlight)));
  }

  private void awaitInFlight(long inFlight) {
    await()
        .atMost(WAIT)
        .untilAsserted(
            () ->
                assertThat(RecordedProgress.of(name).reports().values())
                    .extracting(JobProgress::inFlight)
                    .containsExactly(inFlight));
  }
}
