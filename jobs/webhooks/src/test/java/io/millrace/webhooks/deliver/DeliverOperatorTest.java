package io.millrace.webhooks.deliver;

import static io.millrace.webhooks.deliver.DeliverHarness.BROKEN;
import static io.millrace.webhooks.deliver.DeliverHarness.OK;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cache.WebhookDeliveryStatus;
import io.millrace.cache.WebhookDeliveryStatus.State;
import io.millrace.schemas.avro.WebhookDeadLetterReason;
import io.millrace.webhooks.send.Outcome;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DeliverOperatorTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void aDeliveryThatIsTakenLeavesNothing() throws Exception {
    try (DeliverHarness deliver = DeliverHarness.open(MINUTE)) {
      deliver.deliver("1");
      assertThat(deliver.lastStatus("1").state()).isEqualTo(State.PENDING);
      deliver.end(OK);

      WebhookDeliveryStatus status = deliver.lastStatus("1");
      assertThat(status.state()).isEqualTo(State.DELIVERED);
      assertThat(status.attempts()).isEqualTo(1);
      assertThat(status.lastStatusCode()).isEqualTo(200);
      assertThat(status.lastError()).isNull();
      assertThat(status.nextAttemptAt()).isNull();
      assertThat(deliver.deadLetters()).isEmpty();
      assertThat(deliver.stateEntries()).isZero();
    }
  }

  @Test
  void retriesComeByTheScheduleWithTheSameId() throws Exception {
    try (DeliverHarness deliver = DeliverHarness.open(MINUTE, MINUTE, MINUTE)) {
      deliver.deliver("1");
      for (int failures = 1; failures <= 3; failures++) {
        deliver.end(BROKEN);
        WebhookDeliveryStatus status = deliver.lastStatus("1");
        assertThat(status.state()).isEqualTo(State.PENDING);
        assertThat(status.attempts()).isEqualTo(failures);
        assertThat(status.lastStatusCode()).isEqualTo(500);
        assertThat(status.lastError()).isEqualTo("status 500");
        assertThat(status.nextAttemptAt())
            .isEqualTo(Objects.requireNonNull(status.lastAttemptAt()).plus(MINUTE));
        deliver.pass(MINUTE);
      }
      deliver.end(OK);

      assertThat(deliver.sender.ids()).containsExactly("msg_1", "msg_1", "msg_1", "msg_1");
      assertThat(deliver.lastStatus("1").state()).isEqualTo(State.DELIVERED);
      assertThat(deliver.lastStatus("1").attempts()).isEqualTo(4);
      assertThat(deliver.stateEntries()).isZero();
    }
  }

  @Test
  void aDeliveryIsGivenUpAfterItsLastAttempt() throws Exception {
    try (DeliverHarness deliver = DeliverHarness.open(MINUTE)) {
      deliver.deliver("1");
      deliver.end(BROKEN);
      deliver.pass(MINUTE);
      deliver.end(new Outcome.Failed(null, "no answer in 15000 ms", null));

      assertThat(deliver.deadLetters())
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(letter.getReason()).isEqualTo(WebhookDeadLetterReason.EXHAUSTED);
                assertThat(letter.getAttempts()).isEqualTo(2);
                assertThat(letter.getDetail()).isEqualTo("no answer in 15000 ms");
                assertThat(letter.getDelivery().getWebhookId()).isEqualTo("msg_1");
              });
      assertThat(deliver.lastStatus("1").state()).isEqualTo(State.FAILED);
      assertThat(deliver.stateEntries()).isZero();
    }
  }

  @Test
  void retryAfterPutsOffTheNextAttemptAndTheNextDeliveries() throws Exception {
    try (DeliverHarness deliver = DeliverHarness.open(MINUTE)) {
      deliver.deliver("1");
      deliver.end(new Outcome.Failed(429, "status 429", Duration.ofMinutes(30)));
      deliver.deliver("2");
      deliver.pass(Duration.ofMinutes(29));
      assertThat(deliver.sender.ids()).containsExactly("msg_1");

      deliver.pass(MINUTE);
      assertThat(deliver.sender.attempts).hasSize(2);
      deliver.end(OK);
      deliver.end(OK);
      assertThat(deliver.sender.ids()).containsExactlyInAnyOrder("msg_1", "msg_2", "msg_1");
      assertThat(deliver.stateEntries()).isZero();
    }
  }

  @Test
  void anEndpointGetsMoreAtATimeTheBetterItDoes() throws Exception {
    try (DeliverHarness deliver = DeliverHarness.open(MINUTE)) {
      for (int i = 0; i < 20; i++) {
        deliver.deliver("" + i);
      }
      assertThat(deliver.sender.running()).hasSize(1);
      deliver.end(OK);
      assertThat(deliver.sender.running()).hasSize(2);
      deliver.end(OK);
      assertThat(deliver.sender.running()).hasSize(4);
      deliver.end(OK);
      assertThat(deliver.sender.running()).hasSize(4); // The limit of the options.
      deliver.end(BROKEN);
      assertThat(deliver.sender.running()).hasSize(3); // Those under way end; no new one begins.
      deliver.end(OK);
      deliver.sender.running().forEach(attempt -> attempt.outcome().complete(OK));
      deliver.look();
      assertThat(deliver.sender.running()).hasSizeLessThanOrEqualTo(4);
    }
  }

  @Test
  void deliveriesBeginInTheOrderInWhichTheyCame() throws Exception {
    try (DeliverHarness deliver = DeliverHarness.open(MINUTE)) {
      for (int i = 0; i < 10; i++) {
        deliver.deliver("" + i);
      }
      while (!deliver.sender.running().isEmpty()) {
        deliver.sender.running().forEach(attempt -> attempt.outcome().complete(OK));
        deliver.look();
      }
      assertThat(deliver.sender.ids())
          .containsExactlyElementsOf(
              java.util.stream.IntStream.range(0, 10).mapToObj(i -> "msg_" + i).toList());
    }
  }

  @Test
  void anEndpointThatHangsDelaysNoOther() throws Exception {
    try (DeliverHarness deliver = DeliverHarness.open(MINUTE)) {
      deliver.sender.maxInFlight = 2;
      for (int i = 0; i < 5; i++) {
        deliver.deliver("https://hangs.example.com/", "h" + i);
      }
      for (int i = 0; i < 20; i++) {
        deliver.deliver("https://ok-%d.example.com/".formatted(i), "ok" + i);
      }
      while (deliver.sender.running().size() > 1) {
        deliver.sender.running().stream()
            .filter(attempt -> !attempt.url().contains("hangs"))
            .forEach(attempt -> attempt.outcome().complete(OK));
        deliver.look();
      }
      assertThat(deliver.sender.running())
          .singleElement()
          .satisfies(attempt -> assertThat(attempt.webhookId()).isEqualTo("msg_h0"));
      assertThat(
              deliver.statuses().stream()
                  .filter(status -> status.state() == State.DELIVERED)
                  .count())
          .isEqualTo(20);
    }
  }

  @Test
  void anEndpointThatFailsIsPausedAndThenProbed() throws Exception {
    try (DeliverHarness deliver = DeliverHarness.open(Duration.ofHours(1))) {
      for (int i = 0; i < 10; i++) {
        deliver.deliver("" + i);
      }
      deliver.end(BROKEN);
      deliver.end(BROKEN);
      deliver.end(BROKEN); // The third in a row: paused for a minute.
      assertThat(deliver.sender.running()).isEmpty();
      deliver.pass(Duration.ofSeconds(50));
      assertThat(deliver.sender.attempts).hasSize(3);
      deliver.pass(Duration.ofSeconds(10));
      assertThat(deliver.sender.running()).hasSize(1); // A probe.
      deliver.end(BROKEN);
      deliver.pass(MINUTE);
      assertThat(deliver.sender.running()).isEmpty(); // Twice as long now.
      deliver.pass(MINUTE);
      assertThat(deliver.sender.running()).hasSize(1);
      deliver.end(OK);
      assertThat(deliver.sender.running()).hasSize(2); // It is back.
    }
  }

  @Test
  void whatWaitsForAPausedEndpointIsGivenUpWhenItsAttemptsWouldBeOver() throws Exception {
    try (DeliverHarness deliver = DeliverHarness.open(Duration.ofHours(1))) {
      for (int i = 0; i < 5; i++) {
        deliver.deliver("" + i);
      }
      for (int hours = 0; hours < 3 && deliver.deadLetters().size() < 5; hours++) {
        for (int steps = 0; steps < 60; steps++) {
          deliver.sender.running().forEach(attempt -> attempt.outcome().complete(BROKEN));
          deliver.pass(MINUTE);
        }
      }
      assertThat(deliver.deadLetters())
          .hasSize(5)
          .allSatisfy(
              letter ->
                  assertThat(letter.getReason()).isEqualTo(WebhookDeadLetterReason.EXHAUSTED));
      assertThat(deliver.stateEntries()).isZero();
    }
  }

  @Test
  void goneDisablesTheEndpointUntilAReplayOrItsTime() throws Exception {
    try (DeliverHarness deliver = DeliverHarness.open(MINUTE)) {
      deliver.deliver("retried");
      deliver.end(BROKEN);
      deliver.deliver("gone");
      deliver.deliver("queued");
      deliver.end(new Outcome.Gone(410));
      deliver.deliver("later");
      deliver.look();

      assertThat(deliver.deadLetters())
          .extracting(letter -> letter.getDelivery().getJobId())
          .containsExactlyInAnyOrder("retried", "gone", "queued", "later");
      assertThat(deliver.deadLetters())
          .allSatisfy(
              letter ->
                  assertThat(letter.getReason())
                      .isEqualTo(WebhookDeadLetterReason.ENDPOINT_DISABLED));
      assertThat(deliver.lastStatus("later").state()).isEqualTo(State.DISABLED);
      assertThat(deliver.sender.attempts).hasSize(2);

      deliver.replay("gone");
      deliver.end(OK);
      assertThat(deliver.lastStatus("gone").state()).isEqualTo(State.DELIVERED);
      deliver.deliver("after");
      assertThat(deliver.sender.running()).hasSize(1);
      deliver.end(new Outcome.Gone(410));
      assertThat(deliver.stateEntries()).isPositive(); // It is remembered,
      deliver.pass(Duration.ofHours(24));
      assertThat(deliver.stateEntries()).isZero(); // and forgotten.
      assertThat(deliver.timers()).isZero();
    }
  }

  @Test
  void whatCannotBeSentIsADeadLetterAtOnce() throws Exception {
    try (DeliverHarness deliver = DeliverHarness.open(MINUTE)) {
      deliver.deliver("1");
      deliver.end(new Outcome.Refused(WebhookDeadLetterReason.NO_SECRET, "no secret"));

      assertThat(deliver.deadLetters())
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(letter.getReason()).isEqualTo(WebhookDeadLetterReason.NO_SECRET);
                assertThat(letter.getAttempts()).isZero();
              });
      assertThat(deliver.lastStatus("1").lastError()).isEqualTo("no secret");
      assertThat(deliver.stateEntries()).isZero();
    }
  }

  @Test
  void afterARestoreAttemptsUnderWayAreMadeAgainAndRetriesKeepTheirTime() throws Exception {
    try (DeliverHarness before = DeliverHarness.open(MINUTE)) {
      before.deliver("retried");
      before.end(BROKEN);
      before.deliver("running");
      before.deliver("queued");
      var state = before.snapshot();

      RetrySchedule schedule = new RetrySchedule(List.of(MINUTE), 0);
      try (DeliverHarness after = new DeliverHarness(schedule, state, before.now())) {
        after.look();
        assertThat(after.sender.ids()).containsExactly("msg_running");
        after.end(OK);
        after.pass(MINUTE);
        assertThat(after.sender.ids())
            .containsExactlyInAnyOrder("msg_running", "msg_queued", "msg_retried");
        after.sender.running().forEach(attempt -> attempt.outcome().complete(OK));
        after.look();
        assertThat(after.stateEntries()).isZero();
        assertThat(after.deadLetters()).isEmpty();
      }
    }
  }

  @Test
  void withoutRoomADeliveryWaitsAndIsNotLost() throws Exception {
    try (DeliverHarness deliver = DeliverHarness.open(MINUTE)) {
      deliver.sender.maxInFlight = 1;
      deliver.deliver("https://a.example.com/", "a");
      deliver.deliver("https://b.example.com/", "b");
      deliver.pass(MINUTE);
      assertThat(deliver.sender.ids()).isEqualTo(Collections.singletonList("msg_a"));
      deliver.end(OK);
      assertThat(deliver.sender.ids()).containsExactly("msg_a", "msg_b");
    }
  }
}
