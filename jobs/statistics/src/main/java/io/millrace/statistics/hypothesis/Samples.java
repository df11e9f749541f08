package io.millrace.statistics.hypothesis;

/** What the tests ask of a sample. */
final class Samples {

  private Samples() {}

  static void requireNumbers(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("A sample is empty, expected at least one value");
    }
    for (double value : values) {
      if (Double.isNaN(value)) {
        throw new IllegalArgumentException("A sample holds NaN, expected numbers");
      }
    }
  }
}
