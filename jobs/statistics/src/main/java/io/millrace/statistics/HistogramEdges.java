package io.millrace.statistics;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Chooses the edges of a histogram's equal bins from a sample. */
public final class HistogramEdges {

  private HistogramEdges() {}

  /**
   * Doane's rule, Sturges' with room for skewness, as {@code numpy.histogram_bin_edges(values,
   * bins="doane")} has it: the same number of bins and the same edges to the last bit or two.
   *
   * @param values a sample of finite numbers; empty gives the one bin from 0 to 1
   * @return ascending edges, one more than bins; the first and last are the sample's extremes, or
   *     half below and above when all values are equal
   * @throws IllegalArgumentException when a value is NaN or infinite
   * @see <a
   *     href="https://numpy.org/doc/2.3/reference/generated/numpy.histogram_bin_edges.html">numpy
   *     .histogram_bin_edges</a>; Doane (1976), The American Statistician 30(4)
   */
  public static double[] doane(double[] values) {
    return edges(values, range -> doaneWidth(values.length, skewness(values), range));
  }

  /**
   * Doane's rule for a sample of which only this is known.
   *
   * @param n how many; 0 gives the one bin from 0 to 1
   * @param skewness the third standardised moment of the population
   * @return as of {@link #doane(double[])}
   */
  public static double[] doane(long n, double min, double max, double skewness) {
    return n == 0
        ? new double[] {0, 1}
        : edges(min, max, range -> doaneWidth((double) n, skewness, range));
  }

  /**
   * Sturges' rule, log2 n + 1 bins, as {@code numpy.histogram_bin_edges(values, bins="sturges")}
   * has it for floating-point numbers.
   *
   * @param values as of {@link #doane(double[])}
   * @return as of {@link #doane(double[])}
   * @see <a
   *     href="https://numpy.org/doc/2.3/reference/generated/numpy.histogram_bin_edges.html">numpy
   *     .histogram_bin_edges</a>; Sturges (1926), Journal of the American Statistical Association
   *     21(153)
   */
  public static double[] sturges(double[] values) {
    return edges(values, range -> sturgesWidth(values.length, range));
  }

  /**
   * Sturges' rule for whole numbers, of which numpy (from 2.0 on) makes no bin narrower than 1.
   *
   * @param values may be empty: the one bin from 0 to 1
   * @return as of {@link #doane(double[])}
   */
  public static double[] sturgesOfIntegers(long[] values) {
    double[] numbers = Arrays.stream(values).asDoubleStream().toArray();
    return edges(numbers, range -> Math.max(1, sturgesWidth(numbers.length, range)));
  }

  private static double[] edges(double[] values, DoubleUnaryOperator widthOfRange) {
    if (values.length == 0) {
      return new double[] {0, 1};
    }
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("A sample holds " + value + ", expected finite numbers");
      }
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    return edges(min, max, widthOfRange);
  }

  private static double[] edges(double min, double max, DoubleUnaryOperator widthOfRange) {
    if (min == max) {
      return new double[] {min - 0.5, max + 0.5};
    }
    double range = max - min;
    // numpy goes by the width of a bin; dividing twice keeps its rounding.
    return equalBins(min, max, (int) Math.ceil(range / widthOfRange.applyAsDouble(range)));
  }

  private static double sturgesWidth(double n, double range) {
    return range / (log2(n) + 1);
  }

  private static double skewness(double[] values) {
    double n = values.length;
    double mean = Arrays.stream(values).sum() / n;
    double deviation =
        Math.sqrt(Arrays.stream(values).map(value -> square(value - mean)).sum() / n);
    return Arrays.stream(values).map(value -> cube((value - mean) / deviation)).sum() / n;
  }

  private static double doaneWidth(double n, double skewness, double range) {
    if (n <= 2) {
      return range;
    }
    double skewnessDeviation = Math.sqrt(6 * (n - 2) / ((n + 1) * (n + 3)));
    double bins = 1 + log2(n) + log2(1 + Math.abs(skewness) / skewnessDeviation);
    return range / bins;
  }

  private static double[] equalBins(double min, double max, int bins) {
    double step = (max - min) / bins;
    double[] edges = new double[bins + 1];
    for (int i = 0; i < bins; i++) {
      edges[i] = i * step + min;
    }
    edges[bins] = max;
    return edges;
  }

  private static double square(double value) {
    return value * value;
  }

  private static double cube(double value) {
    return value * value * value;
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }
}
