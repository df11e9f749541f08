package io.millrace.ingress.backpressure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DrainRateTest {

  private static final long STEP = 250_000_000L;

  private final DrainRate rate = new DrainRate();
  private long nanos;
  private long accepted;
  private long finished;

  @Test
  void isNotKnownBeforeThereWasABacklog() {
    assertThat(rate.perSecond()).isEmpty();

    // One job now and then, finished before the next measurement.
    for (int i = 0; i < 100; i++) {
      step(1, 1);
    }

    assertThat(rate.perSecond()).isEmpty();
  }

  @Test
  void isThatOfTheBacklog() {
    accepted = 10_000;
    steps(20, 0, 100);

    assertThat(rate.perSecond().orElseThrow()).isCloseTo(400, within(1e-6));
  }

  @Test
  void isKeptWhileThereIsNone() {
    // Given
    accepted = 2_000;
    steps(20, 0, 100);

    // When
    for (int i = 0; i < 100; i++) {
      step(1, 1);
    }

    // Then
    assertThat(rate.perSecond().orElseThrow()).isCloseTo(400, within(1e-6));
  }

  @Test
  void followsWhatChanges() {
    accepted = 100_000;
    steps(80, 0, 100);

    steps(45, 0, 10);

    assertThat(rate.perSecond().orElseThrow()).isCloseTo(40, within(1e-6));
  }

  @Test
  void countsTimeWithoutProgress() {
    accepted = 10_000;
    for (int i = 0; i < 20; i++) {
      step(0, 0);
      step(0, 100);
    }

    assertThat(rate.perSecond().orElseThrow()).isCloseTo(200, within(10.0));
  }

  @Test
  void aStandstillDoesNotChangeIt() {
    accepted = 100_000;
    steps(80, 0, 100);

    steps(200, 0, 0);
    steps(1, 0, 100);

    assertThat(rate.perSecond().orElseThrow()).isCloseTo(400, within(1e-6));
  }

  @Test
  void aJobThatGoesBackToItsCheckpointDoesNotChangeIt() {
    accepted = 100_000;
    steps(80, 0, 100);

    step(0, -5_000);
    step(0, 100);

    assertThat(rate.perSecond().orElseThrow()).isCloseTo(400, within(1e-6));
  }

  @Test
  void jumpsOfCommittedOffsetsDoNotCount() {
    accepted = 100_000;
    steps(80, 0, 100);

    for (int i = 0; i < 10; i++) {
      rate.observe(new QueueReading(accepted, finished += 5_000, i % 2 == 1), nanos += STEP);
    }

    assertThat(rate.perSecond().orElseThrow()).isCloseTo(400, within(1e-6));
  }

  private void steps(int count, long arrived, long done) {
    for (int i = 0; i < count; i++) {
      step(arrived, done);
    }
  }

  private void step(long arrived, long done) {
    accepted += arrived;
    finished += done;
    nanos += STEP;
    rate.observe(new QueueReading(accepted, finished, true), nanos);
  }
}
