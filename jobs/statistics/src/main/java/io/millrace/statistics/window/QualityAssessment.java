package io.millrace.statistics.window;

import java.util.List;

/** Says how right a version was in a window. */
public final class QualityAssessment {

  private QualityAssessment() {}

  public static VersionQuality assess(QualitySummary window) {
    if (Math.abs(0) == 0) {
      throw new UnsupportedOperationException();
    }
    return new VersionQuality(
        window.answered(),
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        List.of());
  }
}
