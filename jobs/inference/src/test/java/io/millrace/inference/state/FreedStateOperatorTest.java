package io.millrace.inference.state;

import static io.millrace.inference.Commands.command;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.Commands;
import io.millrace.inference.deduplicate.DeduplicateFunction;
import io.millrace.inference.deduplicate.UniqueCommand;
import io.millrace.inference.infer.EchoServiceFactory;
import io.millrace.inference.infer.HeldModels;
import io.millrace.inference.infer.InferFunction;
import io.millrace.inference.publish.Outcome;
import io.millrace.inference.route.RouteFunction;
import io.millrace.inference.route.RoutedRequest;
import io.millrace.inference.traffic.TrafficChange;
import io.millrace.jobs.progress.ProgressReporting;
import io.millrace.schemas.avro.InferenceCommand;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.RocksDBKeyedStateBackend;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Finished work leaves no state behind. Counts what lies in RocksDB, which is more than what the
 * operator sees of it: entries whose time is over are there until a compaction drops them.
 */
class FreedStateOperatorTest {

  private static final Duration TTL = Duration.ofHours(24);
  private static final Duration WAIT = Duration.ofSeconds(30);

  /** Files of a column family from which RocksDB compacts them, by its default. */
  private static final int FILES_TO_COMPACT = 4;

  private static final int JOBS = 1_000;

  private static final MapStateDescriptor<String, Boolean> SEEN =
      new MapStateDescriptor<>("seen-job-ids", Types.STRING, Types.BOOLEAN);

  @Test
  void seenJobIdsAreDroppedByCompactionWhenTheirTimeIsOver() throws Exception {
    try (var harness = deduplicate()) {
      harness.open();
      harness.setStateTtlProcessingTime(0);
      see(harness, "old", JOBS);
      harness.snapshot(1, 1);
      harness.setStateTtlProcessingTime(TTL.toMillis() + 1);
      assertThat(entries(harness)).isEqualTo(JOBS);

      // Each checkpoint writes a file; so many of them are compacted without being asked.
      for (int i = 1; i < FILES_TO_COMPACT; i++) {
        see(harness, "new-" + i, 1);
        harness.snapshot(1 + i, 1 + i);
      }

      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(entries(harness)).isEqualTo(FILES_TO_COMPACT - 1));
    }
  }

  @Test
  void compactionKeepsSeenJobIdsInTheirTime() throws Exception {
    try (var harness = deduplicate()) {
      harness.open();
      harness.setStateTtlProcessingTime(0);
      see(harness, "job", JOBS);
      harness.setStateTtlProcessingTime(TTL.toMillis() - 1);
      backend(harness).compactState(SEEN);
      assertThat(entries(harness)).isEqualTo(JOBS);

      harness.setStateTtlProcessingTime(TTL.toMillis() + 1);
      backend(harness).compactState(SEEN);
      assertThat(entries(harness)).isZero();
    }
  }

  @Test
  void aChangedTtlCountsForWhatWasSeenBefore() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = deduplicate()) {
      harness.open();
      harness.setStateTtlProcessingTime(0);
      see(harness, "job", JOBS);
      snapshot = harness.snapshot(1, 1);
    }

    try (var harness = deduplicate(TTL.dividedBy(2))) {
      harness.initializeState(snapshot);
      harness.open();
      assertThat(entries(harness)).isEqualTo(JOBS);
      harness.setStateTtlProcessingTime(TTL.dividedBy(2).toMillis() + 1);
      backend(harness).compactState(SEEN);
      assertThat(entries(harness)).isZero();
    }
  }

  @Test
  void aReleasedCommandLeavesItsTimerForTheRestOfTheWaitAndThenNothing() throws Exception {
    try (var harness = route()) {
      harness.open();
      harness.setProcessingTime(0);
      harness.processElement1(unique("job-1", "a text"), 0);
      harness.processElement1(unique("job-2", "another text"), 0);
      assertThat(harness.numProcessingTimeTimers()).isEqualTo(2);
      assertThat(entries(harness)).as("a list a content").isEqualTo(2);

      harness.processElement2(TrafficChange.of(Commands.deployment(Commands.MODEL, 1, "1.0.0")), 0);
      assertThat(harness.extractOutputValues()).hasSize(2);
      assertThat(entries(harness)).isZero();
      assertThat(harness.numProcessingTimeTimers()).isEqualTo(2);

      harness.setProcessingTime(WAIT.toMillis());
      assertThat(harness.numProcessingTimeTimers()).isZero();
      assertThat(entries(harness)).isZero();
    }
  }

  @Test
  void aCommandThatWaitedInVainLeavesNothing() throws Exception {
    try (var harness = route()) {
      harness.open();
      harness.setProcessingTime(0);
      harness.processElement1(unique("job-1", "a text"), 0);
      harness.processElement1(unique("job-2", "a text"), 0);
      assertThat(entries(harness)).as("a list of two").isEqualTo(1);
      assertThat(harness.numProcessingTimeTimers()).isEqualTo(1);

      harness.setProcessingTime(WAIT.toMillis());

      assertThat(harness.extractOutputValues())
          .hasSize(2)
          .allSatisfy(request -> assertThat(request.rejected()).isNotNull());
      assertThat(harness.numProcessingTimeTimers()).isZero();
      assertThat(entries(harness)).isZero();
    }
  }

  @Test
  void anAnsweredRequestIsInNoCheckpointAnyMore() throws Exception {
    HeldModels.hold();
    try (var harness = infer()) {
      harness.open();
      for (int i = 0; i < 3; i++) {
        InferenceCommand held = command("job-" + i, HeldModels.PREFIX + "desk", "text " + i, null);
        harness.processElement(RoutedRequest.of(held, "1.0.0", 0, null, 0), 0);
      }
      assertThat(inFlight(harness.snapshot(1, 1))).isEqualTo(3);

      HeldModels.release();
      harness.endInput();

      assertThat(harness.extractOutputValues()).hasSize(3);
      assertThat(inFlight(harness.snapshot(2, 2))).isZero();
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, InferenceCommand, UniqueCommand>
      deduplicate() throws Exception {
    return deduplicate(TTL);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, InferenceCommand, UniqueCommand>
      deduplicate(Duration ttl) throws Exception {
    return onRocksDb(
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new DeduplicateFunction(ttl, ProgressReporting.NONE)),
            InferenceCommand::getFingerprint,
            Types.STRING));
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, UniqueCommand, TrafficChange, RoutedRequest>
      route() throws Exception {
    return onRocksDb(
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(
                new RouteFunction(WAIT, new Preloads(), ProgressReporting.NONE),
                List.of(RouteFunction.TRAFFIC, RouteFunction.DEPLOYMENTS)),
            UniqueCommand::fingerprint,
            null,
            Types.STRING));
  }

  private static OneInputStreamOperatorTestHarness<RoutedRequest, Outcome> infer()
      throws Exception {
    return onRocksDb(
        new OneInputStreamOperatorTestHarness<>(
            new AsyncWaitOperatorFactory<>(
                new InferFunction(new EchoServiceFactory(), ProgressReporting.NONE),
                TTL.toMillis(),
                10,
                AsyncDataStream.OutputMode.UNORDERED),
            TypeInformation.of(RoutedRequest.class)
                .createSerializer(new ExecutionConfig().getSerializerConfig())));
  }

  private static <H extends AbstractStreamOperatorTestHarness<?>> H onRocksDb(H harness) {
    EmbeddedRocksDBStateBackend rocksDb = new EmbeddedRocksDBStateBackend(true);
    // Enough that RocksDB writes no file before a checkpoint makes it.
    rocksDb.getMemoryConfiguration().setFixedMemoryPerSlot("64mb");
    harness.setStateBackend(rocksDb);
    return harness;
  }

  private static UniqueCommand unique(String jobId, String text) {
    return UniqueCommand.of(command(jobId, text));
  }

  private static void see(
      KeyedOneInputStreamOperatorTestHarness<String, InferenceCommand, UniqueCommand> harness,
      String prefix,
      int jobs)
      throws Exception {
    for (int i = 0; i < jobs; i++) {
      harness.processElement(command(prefix + "-" + i, "text " + i), 0);
    }
  }

  /** All that RocksDB holds for the operator, whether the operator still sees it or not. */
  private static int entries(AbstractStreamOperatorTestHarness<?> harness) {
    return backend(harness).numKeyValueStateEntries();
  }

  private static RocksDBKeyedStateBackend<?> backend(AbstractStreamOperatorTestHarness<?> harness) {
    return (RocksDBKeyedStateBackend<?>) harness.getOperator().getKeyedStateBackend();
  }

  private static int inFlight(OperatorSubtaskState snapshot) {
    return snapshot.getManagedOperatorState().stream()
        .map(handle -> handle.getStateNameToPartitionOffsets().get("_async_wait_operator_state_"))
        .mapToInt(elements -> elements == null ? 0 : elements.getOffsets().length)
        .sum();
  }
}
