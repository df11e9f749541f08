package io.millrace.statistics.window;

/**
 * Decimals as whole billionths, so that sums are the same in any order. 9 billion of size 1 fit.
 */
final class FixedPoint {

  private static final double UNIT = 1e9;

  private FixedPoint() {}

  /** Rounded to the nearest. */
  static long of(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("Expected a finite number, found " + value);
    }
    return Math.round(value * UNIT);
  }

  static double value(long billionths) {
    return billionths / UNIT;
  }
}
