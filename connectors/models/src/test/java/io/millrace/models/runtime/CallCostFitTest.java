package io.millrace.models.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class CallCostFitTest {

  private static final int[] SIZES = {8, 14, 32, 128, 512, 2_048};

  private final CallCostFit fit = new CallCostFit();
  private final Random random = new Random(7);

  @Test
  void findsTheLineInNoisyCalls() {
    // When: times vary by a fifth
    calls(5_000, size -> (0.005 + 0.0002 * size) * (1 + 0.2 * random.nextGaussian()));

    // Then
    CallCost cost = fit.cost().orElseThrow();
    assertThat(cost.baseSeconds()).isCloseTo(0.005, within(0.0005));
    assertThat(cost.secondsPerToken()).isCloseTo(0.0002, within(0.00002));
    assertThat(cost.seconds(16)).isCloseTo(0.0082, within(0.0008));
  }

  @Test
  void saysNothingBeforeItHasSeenEnoughCalls() {
    // When
    calls(CallCostFit.LEAST_CALLS - 1, size -> 0.005 + 0.0002 * size);

    // Then
    assertThat(fit.cost()).isEmpty();

    // When
    calls(1, size -> 0.005 + 0.0002 * size);

    // Then
    assertThat(fit.cost()).isPresent();
  }

  @Test
  void saysNothingOfCallsThatAreAllOfOneSize() {
    // When
    for (int i = 0; i < 1_000; i++) {
      fit.add(64, 10_000_000);
    }

    // Then
    assertThat(fit.cost()).isEmpty();
  }

  @Test
  void forgetsHowTheVersionWas() {
    // Given
    calls(3_000, size -> 0.005 + 0.0002 * size);

    // When
    calls(10 * CallCostFit.MEMORY_CALLS, size -> 0.010 + 0.0001 * size);

    // Then
    CallCost cost = fit.cost().orElseThrow();
    assertThat(cost.baseSeconds()).isCloseTo(0.010, within(1e-4));
    assertThat(cost.secondsPerToken()).isCloseTo(0.0001, within(1e-6));
  }

  @Test
  void isNeverNegative() {
    // When: the larger, the faster
    calls(1_000, size -> 1.0 / size);

    // Then
    CallCost cost = fit.cost().orElseThrow();
    assertThat(cost.baseSeconds()).isPositive();
    assertThat(cost.secondsPerToken()).isZero();
  }

  @Test
  void aLineThroughLessThanNothingGoesThroughNothing() {
    // When
    calls(1_000, size -> 1e-6 * size * size);

    // Then
    CallCost cost = fit.cost().orElseThrow();
    assertThat(cost.baseSeconds()).isZero();
    assertThat(cost.secondsPerToken()).isPositive();
  }

  @Test
  void aMachineThatStoodStillDuringACallCostsItLittle() {
    // Given
    calls(1_000, size -> 0.005 + 0.0002 * size);

    // When
    fit.add(8, 60_000_000_000L);

    // Then
    assertThat(fit.cost().orElseThrow().seconds(8)).isCloseTo(0.0066, within(0.0003));
  }

  private void calls(int count, IntToDoubleFunction seconds) {
    for (int i = 0; i < count; i++) {
      int size = SIZES[i % SIZES.length];
      fit.add(size, Math.round(seconds.applyAsDouble(size) * 1e9));
    }
  }
}
