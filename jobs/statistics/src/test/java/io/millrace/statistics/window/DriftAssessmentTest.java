package io.millrace.statistics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.statistics.profile.DriftMethods;
import io.millrace.statistics.profile.ReferenceProfile;
import io.millrace.statistics.window.Rows.Shift;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DriftAssessmentTest {

  private static final ReferenceProfile PROFILE = Rows.profile(Rows.draw(600, 1));
  private static final Reference REFERENCE = Reference.ofPackage(PROFILE);

  @Test
  void givesNoVerdictOnTooFewObservations() {
    // Given
    FeatureSummaries window = Rows.summary(Rows.draw(499, 2), PROFILE);

    // When
    List<FeatureDrift> drifts = DriftAssessment.assess(window, REFERENCE, DriftRule.DEFAULT);

    // Then
    assertThat(drifts)
        .hasSize(10)
        .allSatisfy(
            drift -> {
              assertThat(drift.verdict()).isEqualTo(DriftVerdict.INSUFFICIENT);
              assertThat(drift.n()).isEqualTo(499);
              assertThat(drift.scores().get(0).adjustedPValue()).isNull();
            });
  }

  @Test
  void isTheSameWhenDoneAgain() {
    FeatureSummaries window = Rows.summary(Rows.draw(700, 3), PROFILE);
    assertThat(DriftAssessment.assess(window, REFERENCE, DriftRule.DEFAULT))
        .isEqualTo(DriftAssessment.assess(window, REFERENCE, DriftRule.DEFAULT));
  }

  @Test
  void binsSumToOneAndContributionsToTheSquareOfTheDistance() {
    // Given
    FeatureSummaries window =
        Rows.summary(Rows.draw(700, new Shift(1, 1, 1, 1), new SplittableRandom(4)), PROFILE);

    // When
    List<FeatureDrift> drifts = DriftAssessment.assess(window, REFERENCE, DriftRule.DEFAULT);

    // Then
    assertThat(drifts.stream().filter(drift -> drift.kind() != FeatureKind.EMBEDDING))
        .hasSize(9)
        .allSatisfy(
            drift -> {
              double distance = drift.scores().get(0).value();
              assertThat(drift.bins().stream().mapToDouble(DriftBin::share).sum())
                  .isCloseTo(1, within(1e-9));
              assertThat(drift.bins().stream().mapToDouble(DriftBin::referenceShare).sum())
                  .isCloseTo(1, within(1e-9));
              assertThat(drift.bins().stream().mapToDouble(DriftBin::contribution).sum())
                  .isCloseTo(distance * distance, within(1e-9));
            });
  }

  @Test
  void aConstantThatStaysIsStableAndOneThatChangesDrifts() {
    // Given
    ReferenceProfile constant =
        ReferenceProfile.of(Map.of("x", filled(600, 1)), Map.of(), Map.of());

    // When
    FeatureDrift same = assess(constant, filled(600, 1));
    FeatureDrift changed = assess(constant, filled(600, 9));

    // Then
    assertThat(same.verdict()).isEqualTo(DriftVerdict.STABLE);
    assertThat(changed.verdict()).isEqualTo(DriftVerdict.DRIFT);
    assertThat(changed.bins().get(changed.bins().size() - 1))
        .isEqualTo(new DriftBin(null, null, null, 0, 1, 0.5));
  }

  @Test
  void countsWhatIsMissing() {
    // Given
    FeatureSummaries window = FeatureSummaries.of(null);
    window.add(new Row(Map.of("x", Double.NaN), Map.of(), Map.of()));
    window.add(new Row(Map.of("x", Double.POSITIVE_INFINITY), Map.of(), Map.of()));
    window.add(new Row(Map.of(), Map.of(), Map.of("v", new float[] {Float.NaN})));
    window.add(new Row(Map.of("x", 1.0), Map.of(), Map.of()));

    // When
    List<FeatureDrift> drifts =
        DriftAssessment.assess(
            window,
            Reference.ofPackage(ReferenceProfile.of(Map.of(), Map.of(), Map.of())),
            DriftRule.DEFAULT);

    // Then
    assertThat(drifts).extracting(FeatureDrift::feature).containsExactly("x", "v");
    assertThat(drifts).extracting(FeatureDrift::n).containsExactly(1L, 0L);
    assertThat(drifts).extracting(FeatureDrift::missing).containsExactly(3L, 4L);
    assertThat(drifts).extracting(FeatureDrift::scores).containsOnly(List.of());
  }

  @Test
  void earlierWindowsWithoutAProfileAreAReferenceFromSketches() {
    // Given
    SplittableRandom random = new SplittableRandom(5);
    List<FeatureSummaries> earlier = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      earlier.add(numbers(random, 2_000, 0));
    }
    Reference trailing = Reference.ofTrailing(earlier);

    // When
    FeatureDrift stable =
        DriftAssessment.assess(numbers(random, 2_000, 0), trailing, DriftRule.DEFAULT).get(0);
    FeatureDrift shifted =
        DriftAssessment.assess(numbers(random, 2_000, 0.5), trailing, DriftRule.DEFAULT).get(0);

    // Then
    assertThat(stable.referenceSource()).isEqualTo(ReferenceSource.TRAILING);
    assertThat(stable.referenceN()).isEqualTo(10_000);
    assertThat(stable.verdict()).isEqualTo(DriftVerdict.STABLE);
    assertThat(stable.scores().get(0))
        .satisfies(
            score -> {
              assertThat(score.approximate()).isTrue();
              assertThat(score.threshold()).isBetween(0.05, 0.1);
            });
    assertThat(shifted.verdict()).isEqualTo(DriftVerdict.DRIFT);
  }

  @Test
  void showsTheFiftyCategoriesThatContributeMost() {
    // Given
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      many.add("class " + i % 80);
    }
    ReferenceProfile profile = ReferenceProfile.of(Map.of(), Map.of("label", many), Map.of());
    FeatureSummaries window = FeatureSummaries.of(profile);
    for (int i = 0; i < 1_000; i++) {
      window.add(new Row(Map.of(), Map.of("label", "class " + i % 10), Map.of()));
    }

    // When
    FeatureDrift drift =
        DriftAssessment.assess(window, Reference.ofPackage(profile), DriftRule.DEFAULT).get(0);

    // Then
    assertThat(drift.verdict()).isEqualTo(DriftVerdict.DRIFT);
    assertThat(drift.bins()).hasSize(51);
    assertThat(drift.bins().get(50).category()).isEqualTo(DriftBin.OTHERS);
    assertThat(drift.method()).isEqualTo(DriftMethods.JENSEN_SHANNON);
  }

  private static FeatureDrift assess(ReferenceProfile profile, double[] values) {
    FeatureSummaries window = FeatureSummaries.of(profile);
    for (double value : values) {
      window.add(new Row(Map.of("x", value), Map.of(), Map.of()));
    }
    return DriftAssessment.assess(window, Reference.ofPackage(profile), DriftRule.DEFAULT).get(0);
  }

  private static FeatureSummaries numbers(SplittableRandom random, int n, double shift) {
    FeatureSummaries window = FeatureSummaries.of(null);
    for (int i = 0; i < n; i++) {
      window.add(new Row(Map.of("x", random.nextGaussian() + shift), Map.of(), Map.of()));
    }
    return window;
  }

  private static double[] filled(int n, double value) {
    double[] values = new double[n];
    Arrays.fill(values, value);
    return values;
  }
}
