package io.millrace.statistics.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CalibrationTest {

  @Test
  void agreesWithValuesComputedByHand() {
    // When: 0.9 and 0.92 share the bin (13/15, 14/15], 0.5 is in (7/15, 8/15].
    Calibration calibration =
        Calibration.of(new double[] {0.9, 0.92, 0.5}, new boolean[] {true, false, true});

    // Then: 2/3 |1/2 - 0.91| + 1/3 |1 - 0.5|
    assertThat(calibration.ece()).isCloseTo(2.0 / 3 * 0.41 + 0.5 / 3, within(1e-12));
    Calibration.Bin upper = calibration.bins().get(13);
    assertThat(upper.rows()).isEqualTo(2);
    assertThat(upper.accuracy()).isEqualTo(0.5);
    assertThat(upper.meanConfidence()).isCloseTo(0.91, within(1e-12));
    assertThat(calibration.bins().get(7).rows()).isEqualTo(1);
    assertThat(calibration.bins()).hasSize(15);
  }

  @Test
  void anEdgeBelongsToTheBinBelowIt() {
    // When
    Calibration calibration =
        Calibration.of(new double[] {0, 1.0 / 15, 1}, new boolean[] {false, false, true});

    // Then
    assertThat(calibration.bins().get(0).rows()).isEqualTo(2);
    assertThat(calibration.bins().get(14).rows()).isEqualTo(1);
    assertThat(calibration.bins().get(14).to()).isEqualTo(1);
  }

  @Test
  void whoeverIsRightAsOftenAsSureIsCalibrated() {
    // When
    Calibration calibration =
        Calibration.of(
            new double[] {0.75, 0.75, 0.75, 0.75}, new boolean[] {true, false, true, true});

    // Then
    assertThat(calibration.ece()).isZero();
  }
}
