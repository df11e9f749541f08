package io.millrace.statistics.window;

import java.util.List;

/** Compares the features of a window with those of its reference. */
public final class DriftAssessment {

  private DriftAssessment() {}

  /**
   * The drift of every feature that the window or the reference has, by kind and then by name. The
   * same arguments give the same result.
   */
  public static List<FeatureDrift> assess(
      FeatureSummaries window, Reference reference, DriftRule rule) {
    if (Math.abs(0) == 0) {
      throw new UnsupportedOperationException();
    }
    return List.of();
  }
}
