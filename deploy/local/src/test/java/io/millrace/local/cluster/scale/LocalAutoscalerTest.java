package io.millrace.local.cluster.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Time series of load, on a clock of their own. A subtask does 100 jobs a second. */
class LocalAutoscalerTest {

  private static final double PER_SUBTASK = 100;
  private static final int PAUSE = 5;
  private static final AutoscalerSettings SETTINGS = AutoscalerSettings.between(1, 4);

  @Test
  void steadyLoadThatFitsChangesNothing() {
    assertThat(queue(1).load(70, 600).changes()).isEmpty();
  }

  @Test
  void fourTimesTheLoadIsMetWithinAMinute() {
    // Given
    SimulatedQueue queue = queue(1).load(70, 120);
    int grown = queue.now();

    // When
    queue.load(280, 300);

    // Then
    assertThat(queue.changes()).first().satisfies(at -> assertThat(at - grown).isBetween(6, 30));
    assertThat(queue.parallelism()).isEqualTo(4);
    assertThat(queue.depth()).isZero();
  }

  @Test
  void itGoesNoFurtherThanTheLoadNeeds() {
    SimulatedQueue queue = queue(1).load(70, 60).load(150, 300);

    assertThat(queue.depth()).isZero();
    assertThat(queue.load(150, 200).parallelism()).isEqualTo(2);
  }

  @Test
  void aShortPeakIsLeftAlone() {
    // 600 more than it can do, for 3 s, after which it catches up by itself.
    SimulatedQueue queue = queue(1).load(20, 60).load(300, 3).load(20, 60);

    assertThat(queue.changes()).isEmpty();
    assertThat(queue.depth()).isZero();
  }

  @Test
  void itScalesDownOnlyAfterAMinuteOfLess() {
    // Given
    SimulatedQueue queue = queue(1).load(70, 30).load(280, 200);
    assertThat(queue.parallelism()).isEqualTo(4);
    int fallen = queue.now();
    int before = queue.changes().size();

    // When
    queue.load(50, 300);

    // Then
    assertThat(queue.parallelism()).isEqualTo(1);
    assertThat(queue.changes().subList(before, queue.changes().size()))
        .first()
        .satisfies(at -> assertThat(at - fallen).isBetween(60, 80));
  }

  @Test
  void loadThatGoesUpAndDownKeepsWhatThePeaksNeed() {
    // Given
    SimulatedQueue queue = queue(1).load(70, 30);
    for (int i = 0; i < 4; i++) {
      queue.load(280, 30).load(50, 30);
    }
    int settled = queue.changes().size();

    // When
    for (int i = 0; i < 5; i++) {
      queue.load(280, 30).load(50, 30);
    }

    // Then
    assertThat(queue.changes()).hasSize(settled);
    assertThat(queue.parallelism()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void betweenTwoChangesThereIsAPause() {
    SimulatedQueue queue = queue(1).load(70, 60);
    for (int rate = 100; rate <= 400; rate += 20) {
      queue.load(rate, 10);
    }

    assertThat(queue.changes()).hasSizeGreaterThan(1);
    for (int i = 1; i < queue.changes().size(); i++) {
      assertThat(queue.changes().get(i) - queue.changes().get(i - 1))
          .isGreaterThanOrEqualTo((int) SETTINGS.coolDown().toSeconds());
    }
  }

  @Test
  void itStaysWithinItsBounds() {
    assertThat(queue(1).load(2_000, 300).parallelism()).isEqualTo(4);
    assertThat(queue(4).load(70, 10).load(500, 30).load(0, 600).parallelism()).isEqualTo(1);
  }

  @Test
  void whatWaitsAfterAShortOutageIsWorkedOffWithoutARescaling() {
    SimulatedQueue queue = queue(1).load(40, 60).outage(40, 10).load(40, 120);

    assertThat(queue.changes()).isEmpty();
    assertThat(queue.depth()).isZero();
  }

  @Test
  void aJobThatWasNeverBusyIsLeftAloneFewAsItDoes() {
    assertThat(queue(3).load(1, 600).parallelism()).isEqualTo(3);
  }

  @Test
  void boundsThatAreNoneAreRefused() {
    assertThatThrownBy(() -> AutoscalerSettings.between(0, 1))
        .hasMessageContaining("1 <= min <= max");
    assertThatThrownBy(() -> AutoscalerSettings.between(3, 2))
        .hasMessageContaining("found 3 and 2");
    assertThatThrownBy(
            () ->
                new AutoscalerSettings(
                    1,
                    2,
                    Duration.ZERO,
                    Duration.ZERO,
                    1.1,
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ZERO))
        .hasMessageContaining("utilisation");
  }

  private static SimulatedQueue queue(int parallelism) {
    return new SimulatedQueue(SETTINGS, parallelism, PER_SUBTASK, PAUSE);
  }
}
