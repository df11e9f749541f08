package io.millrace.inference.summarise;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventClockTest {

  private static final long WAIT = 5_000;
  private static final long IDLE = 10_000;

  private final EventClock clock = new EventClock(WAIT, IDLE, 0);

  @Test
  void aWatermarkIsTheTimeWhenTheAnswersBeforeItHadTheirTime() {
    clock.watermark(500, 1_000);
    clock.watermark(600, 2_000);
    clock.tick(1_000 + WAIT - 1);
    assertThat(clock.time()).isEqualTo(Long.MIN_VALUE);

    clock.tick(1_000 + WAIT);
    assertThat(clock.time()).isEqualTo(500);
    clock.tick(2_000 + WAIT);
    assertThat(clock.time()).isEqualTo(600);
  }

  @Test
  void itFollowsTheWatermarks() {
    clock.watermark(500, 1_000);
    clock.tick(100_000);
    assertThat(clock.time()).as("a source that is not idle is waited for").isEqualTo(500);

    clock.watermark(400, 100_000);
    clock.tick(200_000);
    assertThat(clock.time()).as("time does not go back").isEqualTo(500);
  }

  @Test
  void whileTheSourcesAreIdleItGoesOnAtThePaceOfTheWallClock() {
    clock.saw(700, 1_000);
    clock.watermark(500, 1_000);
    clock.idle(true, 2_000);

    clock.tick(2_000 + IDLE - 1);
    assertThat(clock.time()).isEqualTo(500);
    clock.tick(2_000 + IDLE);
    assertThat(clock.time()).as("from the newest sample on").isEqualTo(700 + IDLE);
    clock.tick(2_000 + 3 * IDLE);
    assertThat(clock.time()).isEqualTo(700 + 3 * IDLE);
  }

  @Test
  void whatIsStillUnderWayStopsItAgain() {
    clock.watermark(500, 1_000);
    clock.tick(1_000 + WAIT);
    clock.idle(true, 2_000);
    clock.saw(400, 2_000 + IDLE - 1);

    clock.tick(2_000 + IDLE);

    assertThat(clock.time()).isEqualTo(500);
  }

  @Test
  void whoHasSeenNothingHasNoTime() {
    clock.idle(true, 0);
    clock.tick(100 * IDLE);

    assertThat(clock.time()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void aRestoredOneGoesOnFromWhereItWas() {
    clock.restore(500, 700);
    assertThat(clock.time()).isEqualTo(500);

    clock.idle(true, 1_000);
    clock.tick(1_000 + IDLE);

    assertThat(clock.time()).isEqualTo(700 + IDLE);
  }

  @Test
  void atTheEndThereIsNothingToWaitFor() {
    clock.watermark(500, 1_000);
    clock.end();

    assertThat(clock.time()).isEqualTo(Long.MAX_VALUE);
  }
}
