package io.millrace.statistics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.statistics.distance.EvidentlyProfile;
import io.millrace.statistics.distance.EvidentlyTest;
import io.millrace.statistics.distance.NannyMlCategories;
import io.millrace.statistics.distance.NannyMlNumbers;
import io.millrace.statistics.profile.DriftMethods;
import io.millrace.statistics.profile.ReferenceProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A window of many partial summaries has the scores that whole samples have. */
class StreamingScoresTest {

  private static final double EXACT = 1e-9;

  /** Of a sketch, twice: of each side. */
  private static final double RANK_ERROR = 2 * 0.0035;

  /**
   * What a sketch keeps depends on chance, and its error is a bound in 99 of 100 cases. evidently's
   * PSI jumps when a side's rarest value is not kept, which was seen in 4 of 200 windows of {@link
   * Distribution#COUNTS}. The median of so many leaves that to one run in a million.
   */
  private static final int SKETCHES = 9;

  enum Distribution {
    NORMAL,
    SKEWED,
    UNIFORM,
    COUNTS,
    TWO_VALUES,
    HEAVY_TAILED;

    double[] draw(int n, double shift, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      return IntStream.range(0, n).mapToDouble(i -> value(random) * (1 + shift)).toArray();
    }

    private double value(SplittableRandom random) {
      return switch (this) {
        case NORMAL -> random.nextGaussian();
        case SKEWED -> Math.exp(random.nextGaussian());
        case UNIFORM -> random.nextDouble();
        case COUNTS -> Math.floor(Math.exp(1 + 0.6 * random.nextGaussian()));
        case TWO_VALUES -> random.nextInt(3) == 0 ? 1 : 0;
        case HEAVY_TAILED -> 1 / Math.max(1e-3, random.nextDouble());
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void numbersAreExactInBins(Distribution distribution) {
    // Given
    double[] reference = distribution.draw(1_500, 0, 1);
    double[] current = distribution.draw(30_000, 0.2, 2);
    NannyMlNumbers whole = new NannyMlNumbers(reference);

    // When
    FeatureDrift drift = streamed(reference, current);

    // Then
    assertThat(value(drift, DriftConvention.NANNYML, DriftMethods.JENSEN_SHANNON))
        .isCloseTo(whole.jensenShannon(current), within(EXACT));
    assertThat(value(drift, DriftConvention.NANNYML, DriftMethods.HELLINGER))
        .isCloseTo(whole.hellinger(current), within(EXACT));
  }

  @ParameterizedTest
  @EnumSource
  void numbersFromSketchesAreWithinTheirError(Distribution distribution) {
    // Given
    double[] reference = distribution.draw(1_500, 0, 3);
    double[] current = distribution.draw(30_000, 0.2, 4);
    NannyMlNumbers whole = new NannyMlNumbers(reference);
    double range =
        Math.max(Arrays.stream(reference).max().orElseThrow(), max(current)) - min(current);

    // When
    List<FeatureDrift> drifts =
        Stream.generate(() -> streamed(reference, current)).limit(SKETCHES).toList();

    // Then
    assertThat(median(drifts, DriftConvention.NANNYML, DriftMethods.KOLMOGOROV_SMIRNOV))
        .isCloseTo(whole.kolmogorovSmirnov(current), within(RANK_ERROR));
    assertThat(median(drifts, DriftConvention.NANNYML, DriftMethods.WASSERSTEIN))
        .isCloseTo(whole.wasserstein(current), within(RANK_ERROR * range));
    for (EvidentlyTest test :
        List.of(EvidentlyTest.PSI, EvidentlyTest.JENSEN_SHANNON, EvidentlyTest.WASSERSTEIN)) {
      assertThat(median(drifts, DriftConvention.EVIDENTLY, method(test)))
          .as(test.name())
          .isCloseTo(
              evidently(distribution, test, reference, current),
              within(test == EvidentlyTest.WASSERSTEIN ? RANK_ERROR * range : 0.03));
    }
  }

  @ParameterizedTest
  @EnumSource
  void numbersThatAreKeptWholeAreEvidentlysExactly(Distribution distribution) {
    // Given as many as a sketch keeps
    double[] reference = distribution.draw(800, 0, 5);
    double[] current = distribution.draw(QuantileSketch.K, 0.2, 6);

    // When
    FeatureDrift drift = streamed(reference, current);

    // Then
    for (EvidentlyTest test :
        List.of(
            EvidentlyTest.PSI,
            EvidentlyTest.JENSEN_SHANNON,
            EvidentlyTest.HELLINGER,
            EvidentlyTest.WASSERSTEIN)) {
      assertThat(value(drift, DriftConvention.EVIDENTLY, method(test)))
          .as(test.name())
          .isCloseTo(evidently(distribution, test, reference, current), within(EXACT));
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 0", "20, 0.5", "77, 0.5", "400, 1"})
  void categoriesAreExact(int classes, double shift) {
    // Given the current sample has classes that the reference has not
    List<String> reference = labels(2_000, classes, 1, 7);
    List<String> current = labels(20_000, classes + 2, 1 + shift, 8);
    NannyMlCategories whole = new NannyMlCategories(reference);
    ReferenceProfile profile = ReferenceProfile.of(Map.of(), Map.of("label", reference), Map.of());

    // When
    FeatureDrift drift =
        only(
            profile,
            current.stream().map(value -> new Row(Map.of(), Map.of("label", value), Map.of())));

    // Then
    assertThat(value(drift, DriftConvention.NANNYML, DriftMethods.JENSEN_SHANNON))
        .isCloseTo(whole.jensenShannon(current), within(EXACT));
    assertThat(value(drift, DriftConvention.NANNYML, DriftMethods.HELLINGER))
        .isCloseTo(whole.hellinger(current), within(EXACT));
    assertThat(value(drift, DriftConvention.NANNYML, DriftMethods.L_INFINITY))
        .isCloseTo(whole.lInfinity(current), within(EXACT));
    assertThat(value(drift, DriftConvention.NANNYML, DriftMethods.CHI_SQUARE))
        .isCloseTo(whole.chiSquare(current).statistic(), within(1e-6));
    assertThat(value(drift, DriftConvention.EVIDENTLY, DriftMethods.PSI))
        .isCloseTo(
            EvidentlyProfile.categories(EvidentlyTest.PSI, reference, current).score(),
            within(EXACT));
  }

  private static FeatureDrift streamed(double[] reference, double[] current) {
    return only(
        ReferenceProfile.of(Map.of("x", reference), Map.of(), Map.of()),
        Arrays.stream(current).mapToObj(value -> new Row(Map.of("x", value), Map.of(), Map.of())));
  }

  /** Of 37 parts that went through bytes. */
  private static FeatureDrift only(ReferenceProfile profile, Stream<Row> rows) {
    List<FeatureSummaries> parts = new ArrayList<>();
    IntStream.range(0, 37).forEach(i -> parts.add(FeatureSummaries.of(profile)));
    SplittableRandom random = new SplittableRandom(9);
    rows.forEach(row -> parts.get(random.nextInt(parts.size())).add(row));
    FeatureSummaries window = FeatureSummaries.of(profile);
    parts.forEach(part -> window.merge(FeatureSummaries.of(part.toBytes(), profile)));
    List<FeatureDrift> drifts =
        DriftAssessment.assess(window, Reference.ofPackage(profile), DriftRule.DEFAULT);
    assertThat(drifts).hasSize(1);
    return drifts.get(0);
  }

  private static double value(FeatureDrift drift, DriftConvention convention, String method) {
    return drift.scores().stream()
        .filter(score -> score.convention() == convention && score.method().equals(method))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static double median(
      List<FeatureDrift> drifts, DriftConvention convention, String method) {
    return drifts.stream()
        .mapToDouble(drift -> value(drift, convention, method))
        .sorted()
        .skip(drifts.size() / 2)
        .findFirst()
        .orElseThrow();
  }

  private static double evidently(
      Distribution distribution, EvidentlyTest test, double[] reference, double[] current) {
    boolean whole = distribution == Distribution.COUNTS || distribution == Distribution.TWO_VALUES;
    return isWhole(reference) && isWhole(current) && whole
        ? EvidentlyProfile.integers(test, longs(reference), longs(current)).score()
        : EvidentlyProfile.numbers(test, reference, current).score();
  }

  private static boolean isWhole(double[] values) {
    return Arrays.stream(values).allMatch(value -> value == Math.rint(value));
  }

  private static long[] longs(double[] values) {
    return Arrays.stream(values).mapToLong(value -> (long) value).toArray();
  }

  private static String method(EvidentlyTest test) {
    return switch (test) {
      case PSI -> DriftMethods.PSI;
      case JENSEN_SHANNON -> DriftMethods.JENSEN_SHANNON;
      case HELLINGER -> DriftMethods.HELLINGER;
      case WASSERSTEIN -> DriftMethods.WASSERSTEIN;
      default -> throw new IllegalArgumentException(test.name());
    };
  }

  private static List<String> labels(int n, int classes, double power, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, n)
        .mapToObj(i -> "class " + (int) (classes * Math.pow(random.nextDouble(), power)))
        .toList();
  }

  private static double max(double[] values) {
    return Arrays.stream(values).max().orElseThrow();
  }

  private static double min(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }
}
