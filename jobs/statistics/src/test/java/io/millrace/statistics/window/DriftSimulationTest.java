package io.millrace.statistics.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.statistics.profile.ReferenceProfile;
import io.millrace.statistics.window.Rows.Shift;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whole windows against finite references, both drawn: how often there is an alert. */
class DriftSimulationTest {

  private static final int WINDOW = 1_000;
  private static final int REFERENCE = 1_000;

  /** 1 / 500 is below alpha over the ten features. */
  private static final DriftRule RULE = new DriftRule(500, 0.05, 499);

  @Test
  void alertsInAtMostAHundredthOfAThousandWindowsWithoutDrift() {
    // Given windows and references, a new one for each 50 windows, of one distribution
    SplittableRandom random = new SplittableRandom(20_261_130);
    int alerts = 0;
    int rejections = 0;

    // When
    for (int reference = 0; reference < 20; reference++) {
      ReferenceProfile profile = Rows.profile(Rows.draw(REFERENCE, Shift.NONE, random));
      Reference against = Reference.ofPackage(profile);
      for (int window = 0; window < 50; window++) {
        List<FeatureDrift> drifts = assess(profile, against, Shift.NONE, random);
        alerts += hasAlert(drifts) ? 1 : 0;
        rejections += drifts.stream().anyMatch(DriftSimulationTest::isSignificant) ? 1 : 0;
      }
    }

    // Then the p-values alone keep what they promise, and the thresholds do the rest
    assertThat(rejections).isLessThanOrEqualTo(80);
    assertThat(alerts).isLessThanOrEqualTo(10);
  }

  @Test
  void findsANumbersShiftOfHalfADeviationInTheFirstWindow() {
    assertThat(found("token_count", new Shift(0.25, 0, 0, 0))).isGreaterThanOrEqualTo(38);
  }

  @Test
  void findsAFallOfConfidenceInTheFirstWindow() {
    assertThat(found("confidence", new Shift(0, 1.2, 0, 0))).isGreaterThanOrEqualTo(38);
  }

  @Test
  void findsAnotherMixOfClassesInTheFirstWindow() {
    assertThat(found("label", new Shift(0, 0, 0.8, 0))).isGreaterThanOrEqualTo(38);
  }

  @Test
  void findsAShiftOfAFewComponentsInTheFirstWindow() {
    assertThat(found("embedding", new Shift(0, 0, 0, 0.6))).isGreaterThanOrEqualTo(38);
  }

  /** In how many of 40 runs the feature has drifted. */
  private static long found(String feature, Shift shift) {
    SplittableRandom random = new SplittableRandom(7);
    long found = 0;
    for (int run = 0; run < 40; run++) {
      ReferenceProfile profile = Rows.profile(Rows.draw(REFERENCE, Shift.NONE, random));
      List<FeatureDrift> drifts = assess(profile, Reference.ofPackage(profile), shift, random);
      found +=
          drifts.stream()
              .filter(drift -> drift.feature().equals(feature))
              .filter(drift -> drift.verdict() == DriftVerdict.DRIFT)
              .count();
    }
    return found;
  }

  private static List<FeatureDrift> assess(
      ReferenceProfile profile, Reference reference, Shift shift, SplittableRandom random) {
    FeatureSummaries window = Rows.summary(Rows.draw(WINDOW, shift, random), profile);
    return DriftAssessment.assess(window, reference, RULE);
  }

  private static boolean hasAlert(List<FeatureDrift> drifts) {
    return drifts.stream().anyMatch(drift -> drift.verdict() == DriftVerdict.DRIFT);
  }

  private static boolean isSignificant(FeatureDrift drift) {
    Double p = drift.scores().get(0).adjustedPValue();
    return p != null && p < RULE.alpha();
  }
}
