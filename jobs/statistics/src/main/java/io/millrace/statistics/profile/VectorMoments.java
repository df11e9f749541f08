package io.millrace.statistics.profile;

import java.util.Arrays;

/**
 * Mean and spread of each component of vectors, one vector at a time; two merge into that of both.
 * In another order the last bits differ. Not safe for use by several threads.
 *
 * @see Moments
 */
public final class VectorMoments {

  private long n;
  private final double[] mean;
  private final double[] m2;

  /** Without vectors yet. */
  public VectorMoments(int components) {
    this(0, new double[components], new double[components]);
  }

  /**
   * Takes the arrays.
   *
   * @param m2 sums of the squared distances from the mean
   */
  public VectorMoments(long n, double[] mean, double[] m2) {
    if (mean.length == 0 || mean.length != m2.length) {
      throw new IllegalArgumentException(
          "Vectors have %d means and %d spreads, expected as many and at least one"
              .formatted(mean.length, m2.length));
    }
    this.n = n;
    this.mean = mean;
    this.m2 = m2;
  }

  /** Adds a vector with as many components. */
  public void add(float[] vector) {
    n++;
    for (int i = 0; i < mean.length; i++) {
      double distance = vector[i] - mean[i];
      mean[i] += distance / n;
      m2[i] += distance * (vector[i] - mean[i]);
    }
  }

  /** Adds the vectors of another one with as many components. */
  public void merge(VectorMoments other) {
    if (other.n == 0) {
      return;
    }
    double all = (double) n + other.n;
    for (int i = 0; i < mean.length; i++) {
      double distance = other.mean[i] - mean[i];
      m2[i] += other.m2[i] + distance * distance * n * other.n / all;
      mean[i] += distance * other.n / all;
    }
    n += other.n;
  }

  public long n() {
    return n;
  }

  public int components() {
    return mean.length;
  }

  public double[] mean() {
    return mean.clone();
  }

  public double[] m2() {
    return m2.clone();
  }

  /** Of each component, of the population; 0 without vectors. */
  public double[] variance() {
    return Arrays.stream(m2).map(sum -> n == 0 ? 0 : sum / n).toArray();
  }

  /**
   * The Euclidean distance of two mean vectors in total standard deviations of the reference, the
   * square root of the sum of its components' variances.
   *
   * @param variance of the reference's components
   */
  public static double meanDistance(double[] reference, double[] variance, double[] mean) {
    double squares = 0;
    for (int i = 0; i < mean.length; i++) {
      squares += (mean[i] - reference[i]) * (mean[i] - reference[i]);
    }
    // A reference that never changes has no unit; evidently's floor for a deviation.
    return Math.sqrt(squares) / Math.max(Math.sqrt(Arrays.stream(variance).sum()), 0.001);
  }
}
