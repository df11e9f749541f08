package io.millrace.statistics.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutputDriftTest {

  /** The examples of scipy.spatial.distance.jensenshannon's documentation. */
  @Test
  void agreesWithScipy() {
    assertThat(OutputDrift.of(new double[] {1, 0, 0}, new double[] {0, 1, 0}).jensenShannon())
        .isCloseTo(1, within(1e-14));
    // 0.46450140402245893 with the natural logarithm.
    assertThat(OutputDrift.of(new double[] {1, 0}, new double[] {0.5, 0.5}).jensenShannon())
        .isCloseTo(0.46450140402245893 / Math.sqrt(Math.log(2)), within(1e-14));
  }

  /** Computed with NannyML's CategoricalJensenShannonDistance. */
  @Test
  void categoriesAgreeWithNannyMl() {
    // Given
    List<String> reference = repeated("a", 50, "b", 30, "c", 20);
    List<String> current = repeated("a", 30, "b", 40, "d", 10);

    // Then
    assertThat(OutputDrift.ofCategories(reference, current).jensenShannon())
        .isCloseTo(0.4326535442071739, within(1e-9));
  }

  /** Computed with NannyML's ContinuousJensenShannonDistance. */
  @Test
  void numbersAgreeWithNannyMl() {
    // Given
    double[] reference = IntStream.range(0, 200).mapToDouble(i -> i * 37 % 101 / 10.0).toArray();
    double[] current =
        IntStream.range(0, 120).mapToDouble(i -> i * 53 % 101 / 10.0 + 1.5).toArray();

    // Then
    assertThat(OutputDrift.ofNumbers(reference, current).jensenShannon())
        .isCloseTo(0.36386059875689397, within(1e-9));
  }

  /** Asserted in evidently's own tests, tests/multitest/metrics/data_drift.py: 2.93. */
  @Test
  void theStabilityIndexAgreesWithEvidently() {
    assertThat(OutputDrift.ofCategories(List.of("3", "2", "2"), List.of("1", "2", "3")).psi())
        .isCloseTo(2.93, within(0.01));
  }

  @Test
  void equalSamplesAreAlike() {
    // Given
    double[] values = {0.2, 0.4, 0.9, 0.95};

    // Then
    assertThat(OutputDrift.ofNumbers(values, values)).isEqualTo(new OutputDrift(0, 0));
  }

  private static List<String> repeated(String a, int as, String b, int bs, String c, int cs) {
    List<String> values = new ArrayList<>();
    values.addAll(Collections.nCopies(as, a));
    values.addAll(Collections.nCopies(bs, b));
    values.addAll(Collections.nCopies(cs, c));
    return values;
  }
}
