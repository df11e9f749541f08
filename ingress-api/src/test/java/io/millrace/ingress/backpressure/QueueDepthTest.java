package io.millrace.ingress.backpressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QueueDepthTest {

  private static final QueueLimits LIMITS = new QueueLimits(1_000, Duration.ofSeconds(10), 0.75);

  private long nanos = 17;
  private double random;
  private long accepted;
  private long finished;
  private final QueueDepth depth = new QueueDepth(LIMITS, () -> nanos, () -> random);

  @Test
  void admitsAllBeforeTheFirstMeasurement() {
    for (int i = 0; i < 5_000; i++) {
      assertThat(depth.admit(1)).isEmpty();
    }

    assertThat(depth.estimate().depth()).isZero();
    assertThat(depth.estimate().drainRate()).isNaN();
  }

  @Test
  void countsWhatItLetInSinceTheMeasurement() {
    measure(990, 0);

    for (int i = 0; i < 10; i++) {
      assertThat(depth.admit(1)).isEmpty();
    }

    assertThat(depth.estimate().depth()).isEqualTo(1_000);
    assertThat(depth.admit(1)).isPresent();
    assertThat(depth.open()).isFalse();
    assertThat(depth.closings()).isEqualTo(1);
  }

  @Test
  void aMeasurementReplacesWhatItHasSeen() {
    measure(500, 0);
    var unused = depth.admit(300);

    measure(300, 0);

    assertThat(depth.estimate().depth()).isEqualTo(800);
  }

  @Test
  void whatIsLetInWhileItIsMeasuredStillCounts() {
    long before = depth.admitted();
    var unused = depth.admit(7);

    depth.measured(new QueueReading(100, 0, true), before);

    assertThat(depth.estimate().depth()).isEqualTo(107);
  }

  @Test
  void aLargeBatchComesInWhileThereIsRoomAtAll() {
    measure(999, 0);

    assertThat(depth.admit(500)).isEmpty();
    assertThat(depth.admit(1)).isPresent();
  }

  @Test
  void opensOnlyWellBelowTheLimit() {
    measure(1_000, 0);
    assertThat(depth.admit(1)).isPresent();

    measure(0, 250);
    assertThat(depth.admit(1)).isPresent();

    measure(0, 1);
    assertThat(depth.admit(1)).isEmpty();
    assertThat(depth.closings()).isEqualTo(1);
  }

  @Test
  void closesWhenTheWaitIsTooLong() {
    // Given 40 a second
    measure(390, 0);
    drain(20, 10);
    assertThat(depth.estimate().waitSeconds()).isEqualTo(190 / 40.0);
    assertThat(depth.admit(1)).isEmpty();

    // When
    measure(211, 0);

    // Then
    QueueDepth.Refusal refusal = depth.admit(1).orElseThrow();
    assertThat(refusal.queue().depth()).isEqualTo(401);
    // From 10.025 s of work down to 7.5 s
    assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMillis(2_525));
  }

  @Test
  void theTimeToComeAgainIsThatToDrainToTheThresholdWithSomeJitter() {
    // Given 400 a second
    measure(1_750, 0);
    drain(8, 100);
    measure(150, 0);
    assertThat(depth.estimate().depth()).isEqualTo(1_100);
    assertThat(depth.estimate().drainRate()).isEqualTo(400);

    // 350 jobs more than 750; less than 1 s is said as 1 s
    assertThat(retryAfter(0)).isEqualTo(Duration.ofSeconds(1));
    measure(1_650, 0);
    assertThat(retryAfter(0)).isEqualTo(Duration.ofSeconds(5));
    assertThat(retryAfter(1)).isEqualTo(Duration.ofMillis(6_250));
    measure(1_000_000, 0);
    assertThat(retryAfter(1)).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void withoutARateDepthDecidesAlone() {
    measure(999, 0);
    assertThat(depth.admit(1)).isEmpty();

    assertThat(depth.admit(1).orElseThrow().retryAfter()).isEqualTo(Duration.ofSeconds(5));
    assertThat(depth.estimate().waitSeconds()).isNaN();
  }

  @Test
  void aJobThatWasIdleIsNotThoughtSlow() {
    for (int i = 0; i < 100; i++) {
      measure(1, 1);
    }

    measure(500, 0);

    assertThat(depth.admit(1)).isEmpty();
  }

  @Test
  void anOldMeasurementRefusesNothing() {
    measure(1_000, 0);
    assertThat(depth.admit(1)).isPresent();

    nanos += Duration.ofSeconds(11).toNanos();

    assertThat(depth.admit(1)).isEmpty();
  }

  private void measure(long arrived, long done) {
    accepted += arrived;
    finished += done;
    nanos += Duration.ofMillis(250).toNanos();
    depth.measured(new QueueReading(accepted, finished, true), depth.admitted());
  }

  private void drain(int times, long done) {
    for (int i = 0; i < times; i++) {
      measure(0, done);
    }
  }

  private Duration retryAfter(double chance) {
    random = chance;
    return depth.admit(1).orElseThrow().retryAfter();
  }
}
