package io.millrace.models.features;

/** The square root of the sum of squares. */
public final class EuclideanNorm {

  private EuclideanNorm() {}

  /** The norm of a slice; NaN or infinite when a value of it is. */
  public static double of(float[] values, int from, int length) {
    double squares = 0;
    for (int i = from; i < from + length; i++) {
      squares += (double) values[i] * values[i];
    }
    return Math.sqrt(squares);
  }
}
