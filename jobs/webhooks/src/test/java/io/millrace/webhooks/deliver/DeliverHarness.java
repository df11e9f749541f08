package io.millrace.webhooks.deliver;

import io.millrace.cache.WebhookDeliveryStatus;
import io.millrace.schemas.avro.WebhookDeadLetter;
import io.millrace.schemas.avro.WebhookDelivery;
import io.millrace.webhooks.TestDeliveries;
import io.millrace.webhooks.send.Outcome;
import io.millrace.webhooks.send.WebhookSender;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** The deliver operator in Flink's harness, with a sender and a time of the test's own. */
final class DeliverHarness implements AutoCloseable {

  static final String URL = "https://example.com/hook";
  static final Outcome OK = new Outcome.Delivered(200);
  static final Outcome BROKEN = new Outcome.Failed(500, "status 500", null);

  static final EndpointOptions OPTIONS =
      new EndpointOptions(
          4, 3, Duration.ofSeconds(60), Duration.ofMinutes(10), Duration.ofHours(24));

  private static final Map<Integer, FakeSender> SENDERS = new ConcurrentHashMap<>();
  private static final AtomicInteger NEXT = new AtomicInteger();

  final FakeSender sender = new FakeSender();
  private final int id = NEXT.incrementAndGet();
  private final KeyedTwoInputStreamOperatorTestHarness<
          String, WebhookDelivery, WebhookDelivery, WebhookDeadLetter>
      harness;

  DeliverHarness(RetrySchedule schedule, @Nullable OperatorSubtaskState state, long now)
      throws Exception {
    SENDERS.put(id, sender);
    harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(
                new DeliverFunction(schedule, OPTIONS, new FakeFactory(id))),
            DeliverFunction::endpointOf,
            DeliverFunction::endpointOf,
            Types.STRING);
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    harness.setProcessingTime(now);
  }

  static DeliverHarness open(Duration... delays) throws Exception {
    return new DeliverHarness(new RetrySchedule(List.of(delays), 0), null, 1_000_000);
  }

  private record FakeFactory(int id) implements WebhookSender.Factory {
    @Override
    public WebhookSender get() {
      return java.util.Objects.requireNonNull(SENDERS.get(id));
    }
  }

  void deliver(String jobId) throws Exception {
    deliver(URL, jobId);
  }

  void deliver(String url, String jobId) throws Exception {
    harness.processElement1(TestDeliveries.delivery(url, jobId), 0);
  }

  void replay(String jobId) throws Exception {
    harness.processElement2(TestDeliveries.delivery(URL, jobId), 0);
  }

  long now() {
    return harness.getProcessingTime();
  }

  void pass(Duration time) throws Exception {
    harness.setProcessingTime(now() + time.toMillis());
  }

  /** Long enough for an outcome to be seen, shorter than any retry. */
  void look() throws Exception {
    pass(Duration.ofSeconds(2));
  }

  void end(Outcome outcome) throws Exception {
    sender.endLast(outcome);
    look();
  }

  List<WebhookDeadLetter> deadLetters() {
    return harness.extractOutputValues();
  }

  List<WebhookDeliveryStatus> statuses() {
    var output = harness.getSideOutput(DeliverFunction.STATUS);
    return output == null ? List.of() : output.stream().map(record -> record.getValue()).toList();
  }

  WebhookDeliveryStatus lastStatus(String jobId) {
    return statuses().stream()
        .filter(status -> status.jobId().equals(jobId))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  int stateEntries() {
    return harness.numKeyedStateEntries();
  }

  int timers() {
    return harness.numProcessingTimeTimers();
  }

  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(1, 1);
  }

  @Override
  public void close() throws Exception {
    SENDERS.remove(id);
    harness.close();
  }
}
