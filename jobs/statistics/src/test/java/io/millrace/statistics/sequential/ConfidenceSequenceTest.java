package io.millrace.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfidenceSequenceTest {

  /** Computed in Python from the formulas. */
  @ParameterizedTest
  @CsvSource({
    "20000, 0.05, 0.02, 2469.709951934243, 0.02146165802061253",
    "1000, 0.1, 0.05, 495.5079106788325, 0.09240705105574981",
    "1000000, 0.0125, 0.01, 7099.673792572019, 0.003717019444145203",
    "500, 0.025, 0.1, 82.49731708312899, 0.1474591483073088"
  })
  void theRadiusIsThatOfTheNormalMixture(
      double precision, double alpha, double effect, double rho, double radius) {
    ConfidenceSequence sequence = new ConfidenceSequence(alpha, effect);

    assertThat(sequence.mixture().rho()).isCloseTo(rho, within(1e-9 * rho));
    assertThat(sequence.radius(precision)).isCloseTo(radius, within(1e-6));
  }

  @Test
  void anEndByItselfHasHalfOfBothEnds() {
    ConfidenceSequence sequence = ConfidenceSequence.eachEnd(0.025, 0.02);

    assertThat(sequence).isEqualTo(new ConfidenceSequence(0.05, 0.02));
    assertThat(sequence.alphaOfAnEnd()).isEqualTo(0.025);
  }

  @Test
  void withoutObservationsNothingIsKnown() {
    Estimate unknown = Estimate.ofDifference(BinomialCounts.NONE, new BinomialCounts(5, 1));

    assertThat(unknown.isKnown()).isFalse();
    assertThat(new ConfidenceSequence(0.05, 0.02).upper(unknown)).isInfinite();
    assertThat(Estimate.ofStrata(List.of(unknown))).isEqualTo(unknown);
  }

  @Test
  void sharesOfNoneAndOfAllHaveAVariance() {
    assertThat(new BinomialCounts(500, 0).variance()).isPositive().isLessThan(1e-5);
    assertThat(new BinomialCounts(500, 500).variance()).isPositive().isLessThan(1e-5);
  }

  @Test
  void strataAreWeightedByTheirPrecision() {
    Estimate both = Estimate.ofStrata(List.of(new Estimate(0.1, 300), new Estimate(0.02, 100)));

    assertThat(both.difference()).isCloseTo(0.08, within(1e-12));
    assertThat(both.precision()).isEqualTo(400);
  }

  /** Pooled, the candidate would look twice as good: it answered more where errors were rare. */
  @Test
  void aChangedWeightDoesNotBiasTheDifference() {
    Estimate rare =
        Estimate.ofDifference(new BinomialCounts(9_000, 90), new BinomialCounts(1_000, 10));
    Estimate frequent =
        Estimate.ofDifference(new BinomialCounts(1_000, 100), new BinomialCounts(9_000, 900));

    assertThat(Estimate.ofStrata(List.of(rare, frequent)).difference()).isCloseTo(0, within(1e-12));
  }

  @Test
  void aCandidateWithoutAnyErrorIsNotWorseAndOneWithFewEventsIsNotTakenBack() {
    NonInferiority rule = new NonInferiority(new ConfidenceSequence(0.05, 0.02), 0.01, 500, 20);
    BinomialCounts none = new BinomialCounts(1_000, 0);

    assertThat(rule.judge(Estimate.ofDifference(none, none), 1_000, 0))
        .isEqualTo(Verdict.NOT_WORSE);
    assertThat(rule.judge(Estimate.ofDifference(none, none), 499, 0))
        .isEqualTo(Verdict.INSUFFICIENT);
    Estimate clearlyWorse = new Estimate(0.1, 20_000);
    assertThat(rule.judge(clearlyWorse, 500, 19)).isEqualTo(Verdict.UNDECIDED);
    assertThat(rule.judge(clearlyWorse, 500, 20)).isEqualTo(Verdict.WORSE);
  }

  @Test
  void anAlphaOrAnEffectThatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> new ConfidenceSequence(1, 0.02))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected an alpha between 0 and 1, found 1.0");
    assertThatThrownBy(() -> new ConfidenceSequence(0.05, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected a minimum detectable effect above 0, found 0.0");
  }
}
