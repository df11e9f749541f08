package io.millrace.statistics.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class IsotonicRegressionTest {

  /** By hand: 1, 0 are pooled, then 1, 0, 0 to a third. */
  @Test
  void adjacentViolatorsArePooled() {
    IsotonicRegression fitted =
        IsotonicRegression.fit(
            new double[] {0.9, 0.1, 0.2, 0.3, 0.4, 0.5}, new double[] {1, 0, 1, 0, 0, 1});

    assertThat(fitted.thresholds()).containsExactly(0.1, 0.2, 0.4, 0.5, 0.9);
    assertThat(fitted.values()).containsExactly(0.0, 1.0 / 3, 1.0 / 3, 1.0, 1.0);
    assertThat(fitted.predict(0.3)).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(fitted.predict(0.45)).isCloseTo(2.0 / 3, within(1e-12));
  }

  @Test
  void scoresOutsideAreAsTheNearest() {
    IsotonicRegression fitted =
        IsotonicRegression.fit(new double[] {0.2, 0.8}, new double[] {0.25, 0.75});

    assertThat(fitted.predict(0)).isEqualTo(0.25);
    assertThat(fitted.predict(1)).isEqualTo(0.75);
    assertThat(fitted.predict(Double.NaN)).isNaN();
  }

  @Test
  void equalScoresShareTheirMeanOutcome() {
    IsotonicRegression fitted =
        IsotonicRegression.fit(new double[] {0.5, 0.5, 0.5, 0.5}, new double[] {1, 0, 1, 1});

    assertThat(fitted).isEqualTo(new IsotonicRegression(List.of(0.5), List.of(0.75)));
  }

  @Test
  void aFunctionThatFallsIsRefused() {
    assertThatThrownBy(() -> new IsotonicRegression(List.of(0.1, 0.2), List.of(0.5, 0.4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected thresholds that rise and values that do not fall");
    assertThatThrownBy(() -> IsotonicRegression.fit(new double[0], new double[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected one outcome a score and at least one, found 0 of 0");
  }

  /** On the sample itself the mean is kept, so that the calibrated probabilities are unbiased. */
  @Property(tries = 200)
  void theFittedFunctionRisesAndKeepsTheMean(@ForAll("scores") double[] scores) {
    double[] outcomes = new double[scores.length];
    Arrays.setAll(outcomes, i -> scores[i] * 7919 % 1 < scores[i] ? 1 : 0);

    IsotonicRegression fitted = IsotonicRegression.fit(scores, outcomes);

    double[] predicted = Arrays.stream(scores).sorted().map(fitted::predict).toArray();
    assertThat(predicted).isSorted();
    assertThat(Arrays.stream(predicted).average().orElseThrow())
        .isCloseTo(Arrays.stream(outcomes).average().orElseThrow(), within(1e-9));
  }

  @Provide
  Arbitrary<double[]> scores() {
    return Arbitraries.doubles()
        .between(0, 1)
        .ofScale(2)
        .array(double[].class)
        .ofMinSize(1)
        .ofMaxSize(30);
  }
}
