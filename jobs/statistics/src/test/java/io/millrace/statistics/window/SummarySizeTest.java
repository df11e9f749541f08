package io.millrace.statistics.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.statistics.profile.ReferenceProfile;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a feature costs in the state, a window: the figures of the module's README. */
class SummarySizeTest {

  @ParameterizedTest
  @CsvSource({"100, 1100", "1000, 8500", "100000, 20500"})
  void aNumber(int rows, int most) {
    ReferenceProfile profile =
        ReferenceProfile.of(
            Map.of("x", new SplittableRandom(1).doubles(1_000).toArray()), Map.of(), Map.of());
    assertThat(bytes(profile, rows, random -> number(random.nextGaussian())))
        .isBetween(most / 2, most);
  }

  @ParameterizedTest
  @CsvSource({"100, 800", "1000, 900", "100000, 1000"})
  void aCategoryOf77Values(int rows, int most) {
    assertThat(
            bytes(
                null,
                rows,
                random ->
                    new Row(Map.of(), Map.of("label", "class " + random.nextInt(77)), Map.of())))
        .isBetween(most / 2, most);
  }

  @ParameterizedTest
  @CsvSource({"100, 162000", "1000, 205000", "20000, 205000"})
  void aVectorOf384Components(int rows, int most) {
    assertThat(
            bytes(
                null,
                rows,
                random -> {
                  float[] vector = new float[384];
                  for (int i = 0; i < vector.length; i++) {
                    vector[i] = random.nextFloat();
                  }
                  return new Row(Map.of(), Map.of(), Map.of("embedding", vector));
                }))
        .isBetween(most / 2, most);
  }

  private static Row number(double value) {
    return new Row(Map.of("x", value), Map.of(), Map.of());
  }

  private static int bytes(
      @Nullable ReferenceProfile profile, int rows, Function<SplittableRandom, Row> row) {
    SplittableRandom random = new SplittableRandom(2);
    FeatureSummaries summary = FeatureSummaries.of(profile);
    for (int i = 0; i < rows; i++) {
      summary.add(row.apply(random));
    }
    return summary.toBytes().length;
  }
}
