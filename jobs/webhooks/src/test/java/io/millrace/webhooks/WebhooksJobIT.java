package io.millrace.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cache.WebhookDeliveryStatus;
import io.millrace.cache.WebhookDeliveryStatus.State;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.WebhookDeadLetter;
import io.millrace.schemas.avro.WebhookDeadLetterReason;
import io.millrace.schemas.avro.WebhookEvent;
import io.millrace.webhooks.send.Receiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job between a real broker, a real Redis and real receivers. */
class WebhooksJobIT {

  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  @TempDir private static Path directory;
  private static JobStack stack;

  private final CountDownLatch end = new CountDownLatch(1);

  @BeforeAll
  static void start() throws Exception {
    stack = JobStack.start(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    stack.close();
  }

  @AfterEach
  void letGo() {
    end.countDown();
  }

  @Test
  void aReceiverThatFailsThreeTimesGetsTheSameIdFourTimes() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (Receiver receiver =
        Receiver.start(
            exchange ->
                exchange.sendResponseHeaders(requests.incrementAndGet() <= 3 ? 500 : 200, -1))) {
      stack.finish(TestResults.succeeded("fails-first", receiver.url("/hook")));

      awaitState("fails-first", State.DELIVERED);
      assertThat(receiver.received()).hasSize(4);
      assertThat(receiver.received().stream().map(Receiver.Received::id).distinct()).hasSize(1);
      assertThat(receiver.received().stream().map(Receiver.Received::body).distinct()).hasSize(1);
      assertThat(stack.status("fails-first").map(WebhookDeliveryStatus::attempts)).contains(4);
    }
  }

  @Test
  void aReceiverThatHangsDoesNotSlowTwentyOthers() throws Exception {
    try (Receiver hanging = Receiver.start(exchange -> end.await());
        Receiver others = Receiver.start(Receiver.Answer.status(200))) {
      for (int i = 0; i < 50; i++) {
        stack.finish(TestResults.succeeded("hangs-" + i, hanging.url("/hook")));
      }
      await().atMost(TIMEOUT).until(() -> hanging.received().size() == 1);
      for (int i = 0; i < 20; i++) {
        stack.finish(TestResults.succeeded("other-" + i, others.url("/hook/" + i)));
      }
      for (int i = 0; i < 20; i++) {
        awaitState("other-" + i, State.DELIVERED);
      }
      // It still hangs: no attempt times out in this test, and there are two places in a subtask.
      assertThat(hanging.received()).hasSize(1);
      for (int i = 0; i < 50; i++) {
        assertThat(stack.status("hangs-" + i).map(WebhookDeliveryStatus::state))
            .contains(State.PENDING);
      }
    }
  }

  @Test
  void onlyWantedEventsAreDelivered() throws Exception {
    try (Receiver receiver = Receiver.start(Receiver.Answer.status(200))) {
      InferenceResult unwanted = TestResults.succeeded("unwanted", receiver.url("/"));
      unwanted.getWebhook().setEvents(List.of(WebhookEvent.JOB_FAILED));
      InferenceResult nobody = TestResults.succeeded("nobody", receiver.url("/"));
      nobody.setWebhook(null);
      stack.finish(unwanted);
      stack.finish(nobody);
      stack.finish(TestResults.succeeded("wanted", receiver.url("/")));

      awaitState("wanted", State.DELIVERED);
      assertThat(receiver.received())
          .singleElement()
          .satisfies(received -> assertThat(received.body()).contains("\"id\":\"wanted\""));
      assertThat(stack.status("unwanted")).isEmpty();
      assertThat(stack.status("nobody")).isEmpty();
    }
  }

  @Test
  void whatIsGivenUpIsADeadLetterAndAReplayDeliversItWithItsId() throws Exception {
    AtomicInteger status = new AtomicInteger(410);
    try (Receiver receiver =
        Receiver.start(exchange -> exchange.sendResponseHeaders(status.get(), -1))) {
      stack.finish(TestResults.succeeded("gone", receiver.url("/gone")));
      awaitState("gone", State.DISABLED);
      WebhookDeadLetter letter = stack.deadLetter("gone");
      assertThat(letter.getReason()).isEqualTo(WebhookDeadLetterReason.ENDPOINT_DISABLED);
      assertThat(letter.getLastStatusCode()).isEqualTo(410);

      status.set(200);
      stack.write(
          Topic.WEBHOOK_REPLAYS, MessageCodec.WEBHOOK_DELIVERIES.encode(letter.getDelivery()));
      awaitState("gone", State.DELIVERED);
      assertThat(receiver.received()).hasSize(2);
      assertThat(receiver.received().stream().map(Receiver.Received::id).distinct()).hasSize(1);
    }
  }

  @Test
  void metadataServicesAreNotCalled() throws Exception {
    stack.finish(TestResults.succeeded("metadata", "http://169.254.169.254/latest/"));

    awaitState("metadata", State.FAILED);
    assertThat(stack.deadLetter("metadata").getReason())
        .isEqualTo(WebhookDeadLetterReason.REFUSED_ADDRESS);
  }

  private static void awaitState(String jobId, State state) {
    await()
        .alias(jobId)
        .atMost(TIMEOUT)
        .until(() -> stack.status(jobId).map(WebhookDeliveryStatus::state).orElse(null) == state);
  }
}
