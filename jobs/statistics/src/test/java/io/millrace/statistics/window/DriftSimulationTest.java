package io.millrace.statistics.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.statistics.profile.ReferenceProfile;
import io.millrace.statistics.window.Rows.Shift;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole windows against finite references, both drawn: how often there is an alert. */
class DriftSimulationTest {

  private static final int WINDOW = 1_000;
  private static final int REFERENCE = 1_000;

  /** The smallest p, 1 / 250, is below alpha over the ten features. */
  private static final DriftRule RULE = new DriftRule(500, 0.05, 249);

  @Test
  void alertsInAtMostATwentiethOfAThousandWindowsWithoutDrift() {
    // Given windows and references, a new one for each 50 windows, of one distribution
    SplittableRandom random = new SplittableRandom(20_261_130);
    int alerts = 0;

    // When
    for (int reference = 0; reference < 20; reference++) {
      ReferenceProfile profile = Rows.profile(Rows.draw(REFERENCE, Shift.NONE, random));
      Reference against = Reference.ofPackage(profile);
      for (int window = 0; window < 50; window++) {
        List<FeatureDrift> drifts = assess(profile, against, Shift.NONE, random);
        alerts += hasAlert(drifts) ? 1 : 0;
      }
    }

    // Then
    assertThat(alerts).isLessThanOrEqualTo(50);
  }

  @ParameterizedTest
  @CsvSource({
    "token_count, 0.25, 0, 0, 0",
    "confidence, 0, 1.2, 0, 0",
    "label, 0, 0, 0.8, 0",
    "embedding, 0, 0, 0, 1"
  })
  void findsAShiftOfHalfADeviationOrSoInTheFirstWindow(
      String feature, double token, double confidence, double label, double vector) {
    // Given
    SplittableRandom random = new SplittableRandom(7);
    Shift shift = new Shift(token, confidence, label, vector);
    long found = 0;

    // When
    for (int reference = 0; reference < 5; reference++) {
      ReferenceProfile profile = Rows.profile(Rows.draw(REFERENCE, Shift.NONE, random));
      Reference against = Reference.ofPackage(profile);
      for (int window = 0; window < 4; window++) {
        found +=
            assess(profile, against, shift, random).stream()
                .filter(drift -> drift.feature().equals(feature))
                .filter(drift -> drift.verdict() == DriftVerdict.DRIFT)
                .count();
      }
    }

    // Then in 19 of 20
    assertThat(found).isGreaterThanOrEqualTo(19);
  }

  private static List<FeatureDrift> assess(
      ReferenceProfile profile, Reference reference, Shift shift, SplittableRandom random) {
    FeatureSummaries window = Rows.summary(Rows.draw(WINDOW, shift, random), profile);
    return DriftAssessment.assess(window, reference, RULE);
  }

  private static boolean hasAlert(List<FeatureDrift> drifts) {
    return drifts.stream().anyMatch(drift -> drift.verdict() == DriftVerdict.DRIFT);
  }
}
