package io.millrace.statistics.profile;

/**
 * Mean, spread, skewness and extremes of a sample of finite numbers, one value at a time.
 *
 * <p>Two of them merge into that of both samples; in another order the last bits of the sums
 * differ, {@code n}, {@code min} and {@code max} do not.
 *
 * @param n how many
 * @param mean 0 without values
 * @param m2 sum of the squared distances from the mean
 * @param m3 sum of the cubed distances from the mean
 * @param min infinite without values
 * @param max negatively infinite without values
 * @see <a href="https://doi.org/10.2172/1028931">Pébay (2008): Formulas for Robust, One-Pass
 *     Parallel Computation of Covariances and Arbitrary-Order Statistical Moments, equations 2.1
 *     and 2.2</a>
 */
public record Moments(long n, double mean, double m2, double m3, double min, double max) {

  public static final Moments NONE =
      new Moments(0, 0, 0, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

  /** Of a whole sample. */
  public static Moments of(double[] values) {
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      sum += value;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    double mean = values.length == 0 ? 0 : sum / values.length;
    double m2 = 0;
    double m3 = 0;
    for (double value : values) {
      double distance = value - mean;
      m2 += distance * distance;
      m3 += distance * distance * distance;
    }
    return new Moments(values.length, mean, m2, m3, min, max);
  }

  /** With one value more. */
  public Moments plus(double value) {
    return plus(new Moments(1, value, 0, 0, value, value));
  }

  /** Of both samples. */
  public Moments plus(Moments other) {
    if (n == 0) {
      return other;
    }
    if (other.n == 0) {
      return this;
    }
    double a = n;
    double b = other.n;
    double all = a + b;
    double distance = other.mean - mean;
    double square = distance * distance * a * b / all;
    return new Moments(
        n + other.n,
        mean + distance * b / all,
        m2 + other.m2 + square,
        m3
            + other.m3
            + square * distance * (a - b) / all
            + 3 * distance * (a * other.m2 - b * m2) / all,
        Math.min(min, other.min),
        Math.max(max, other.max));
  }

  /** Of the population; 0 without values. */
  public double deviation() {
    return n == 0 ? 0 : Math.sqrt(m2 / n);
  }

  /** The third standardised moment of the population; 0 when all values are equal. */
  public double skewness() {
    double deviation = deviation();
    return deviation == 0 ? 0 : m3 / n / (deviation * deviation * deviation);
  }
}
