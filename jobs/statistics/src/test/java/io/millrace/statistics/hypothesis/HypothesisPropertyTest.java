package io.millrace.statistics.hypothesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class HypothesisPropertyTest {

  private static final double CLOSE = 1e-9;

  @Property(tries = 200)
  void adjustedPValuesAreNotSmallerAndKeepTheirOrder(@ForAll("pValues") double[] pValues) {
    double[] adjusted = BenjaminiHochberg.adjust(pValues);

    for (int i = 0; i < pValues.length; i++) {
      assertThat(adjusted[i]).isBetween(pValues[i], 1.0);
      for (int j = 0; j < pValues.length; j++) {
        if (pValues[i] < pValues[j]) {
          assertThat(adjusted[i]).isLessThanOrEqualTo(adjusted[j]);
        }
      }
    }
  }

  @Property(tries = 100)
  void theOrderOfHypothesesDoesNotMatter(@ForAll("pValues") double[] pValues) {
    assertThat(reversed(BenjaminiHochberg.adjust(reversed(pValues))))
        .containsExactly(BenjaminiHochberg.adjust(pValues), within(CLOSE));
  }

  @Property(tries = 200)
  void theOrderOfValuesAndOfSamplesDoesNotMatter(
      @ForAll("tied") int[] left, @ForAll("tied") int[] right) {
    double[] x = Arrays.stream(left).asDoubleStream().toArray();
    double[] y = Arrays.stream(right).asDoubleStream().toArray();

    KolmogorovSmirnov test = KolmogorovSmirnov.of(x, y);
    assertThat(test.statistic()).isBetween(0.0, 1.0);
    assertThat(test.pValue()).isBetween(0.0, 1.0);
    assertThat(KolmogorovSmirnov.of(reversed(y), reversed(x)).pValue())
        .isCloseTo(test.pValue(), within(CLOSE));

    MannWhitney two = MannWhitney.of(x, y, Alternative.TWO_SIDED);
    assertThat(two.pValue()).isBetween(0.0, 1.0);
    assertThat(MannWhitney.of(reversed(y), reversed(x), Alternative.TWO_SIDED).pValue())
        .isCloseTo(two.pValue(), within(CLOSE));
    assertThat(MannWhitney.of(y, x, Alternative.LESS).pValue())
        .isCloseTo(MannWhitney.of(x, y, Alternative.GREATER).pValue(), within(CLOSE));
  }

  @Property(tries = 200)
  void theTestOfSketchesRejectsWhereItsCriticalDifferenceIsPassed(
      @ForAll @DoubleRange(min = 0, max = 0.3) double delta,
      @ForAll @IntRange(min = 500, max = 2_000_000) int n1,
      @ForAll @IntRange(min = 500, max = 2_000_000) int n2) {
    double error = 0.0035;
    double critical =
        Math.sqrt(-Math.log(0.05 / 2) / 2) * Math.sqrt(((double) n1 + n2) / ((double) n1 * n2));

    assertThat(KolmogorovSmirnov.ofDelta(delta, n1, n2, error, error).rejects(0.05))
        .isEqualTo(delta - 2 * error > critical);
  }

  @Provide
  Arbitrary<double[]> pValues() {
    return Arbitraries.doubles().between(0, 1).array(double[].class).ofMaxSize(12);
  }

  @Provide
  Arbitrary<int[]> tied() {
    return Arbitraries.integers().between(0, 9).array(int[].class).ofMinSize(1).ofMaxSize(20);
  }

  private static double[] reversed(double[] values) {
    double[] reversed = new double[values.length];
    Arrays.setAll(reversed, i -> values[values.length - 1 - i]);
    return reversed;
  }
}
