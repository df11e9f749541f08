package io.millrace.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares with what numpy gives for the same samples. */
class HistogramGoldenTest {

  record Golden(String note, List<Case> cases) {}

  record Case(String name, List<Double> values, List<Double> edges, List<Long> counts) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() throws IOException {
    try (InputStream in = HistogramGoldenTest.class.getResourceAsStream("doane.json")) {
      return new ObjectMapper().readValue(in, Golden.class).cases().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void edgesAreThoseOfNumpy(Case golden) {
    // When
    double[] edges = HistogramEdges.doane(array(golden.values()));

    // Then
    assertThat(edges).hasSize(golden.edges().size());
    for (int i = 0; i < edges.length; i++) {
      double expected = golden.edges().get(i);
      assertThat(edges[i]).isCloseTo(expected, within(2 * Math.ulp(expected)));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void countsAreThoseOfNumpy(Case golden) {
    // When
    Histogram histogram = Histogram.of(array(golden.edges()), array(golden.values()));

    // Then
    assertThat(histogram.counts()).isEqualTo(golden.counts());
    assertThat(histogram.n()).isEqualTo(golden.values().size());
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
