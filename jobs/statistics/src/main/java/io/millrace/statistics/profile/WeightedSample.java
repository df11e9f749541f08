package io.millrace.statistics.profile;

import io.millrace.statistics.distance.Wasserstein;
import java.util.Arrays;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A distribution as ascending values with weights: the values of a sample themselves, quantiles of
 * it, or what a sketch kept of it.
 */
public final class WeightedSample {

  /** How many values or quantiles of a sample are kept. */
  public static final int LARGEST = 2_048;

  private final double[] values;
  private final double[] cumulative;
  private final double rankError;

  /**
   * Takes the arrays.
   *
   * @param values ascending, at least one, each once
   * @param weights above 0, one a value
   * @param rankError how far a cumulative share can be off, 0 to 1; 0 for a whole sample
   */
  public WeightedSample(double[] values, double[] weights, double rankError) {
    if (values.length == 0 || values.length != weights.length) {
      throw new IllegalArgumentException(
          "A sample has %d values and %d weights, expected as many and at least one"
              .formatted(values.length, weights.length));
    }
    this.values = values;
    this.rankError = rankError;
    cumulative = new double[weights.length];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] > 0) || (i > 0 && !(values[i - 1] < values[i]))) {
        throw new IllegalArgumentException(
            "A sample's value %s has weight %s, expected ascending values with weights above 0"
                .formatted(values[i], weights[i]));
      }
      sum += weights[i];
      cumulative[i] = sum;
    }
  }

  /**
   * Of a sample of finite numbers: all of its values while at most {@value #LARGEST} are different,
   * else as many quantiles of equal weight.
   *
   * @return null for an empty sample
   */
  public static @Nullable WeightedSample of(double[] sample) {
    if (sample.length == 0) {
      return null;
    }
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    SortedMap<Double, Double> weights = new TreeMap<>();
    for (double value : sorted) {
      weights.merge(value + 0.0, 1.0, Double::sum);
    }
    if (weights.size() <= LARGEST) {
      return of(weights, 0);
    }
    weights.clear();
    for (int i = 0; i < LARGEST; i++) {
      double middle = sorted[(int) ((i + 0.5) * sorted.length / LARGEST)];
      weights.merge(middle + 0.0, 1.0, Double::sum);
    }
    return of(weights, 0.5 / LARGEST);
  }

  /** Of a sample that is not empty. */
  static WeightedSample require(double[] sample) {
    return Objects.requireNonNull(of(sample), "An empty sample");
  }

  /**
   * Of values and their weights.
   *
   * @param weights above 0, at least one
   */
  public static WeightedSample of(SortedMap<Double, Double> weights, double rankError) {
    return new WeightedSample(
        weights.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
        weights.values().stream().mapToDouble(Double::doubleValue).toArray(),
        rankError);
  }

  /** Ascending. */
  public double[] values() {
    return values.clone();
  }

  /** In the order of the values. */
  public double[] weights() {
    double[] weights = cumulative.clone();
    for (int i = weights.length - 1; i > 0; i--) {
      weights[i] -= weights[i - 1];
    }
    return weights;
  }

  public int size() {
    return values.length;
  }

  public double value(int position) {
    return values[position];
  }

  /** How far {@link #atMost} can be off; 0 for a whole sample. */
  public double rankError() {
    return rankError;
  }

  /** The share of values up to and with this one. */
  public double atMost(double value) {
    int found = Arrays.binarySearch(values, value);
    int last = found >= 0 ? found : -found - 2;
    return last < 0 ? 0 : cumulative[last] / total();
  }

  /** The share of values below this one. */
  public double below(double value) {
    int found = Arrays.binarySearch(values, value);
    int last = (found >= 0 ? found : -found - 1) - 1;
    return last < 0 ? 0 : cumulative[last] / total();
  }

  /** The smallest value that at least this share of the values does not exceed. */
  public double quantile(double share) {
    double rank = share * total();
    int found = Arrays.binarySearch(cumulative, rank);
    int position = found >= 0 ? found : -found - 1;
    return values[Math.min(position, values.length - 1)];
  }

  /** The largest difference of the cumulative shares, the statistic of Kolmogorov and Smirnov. */
  public double largestDifference(WeightedSample other) {
    double largest = 0;
    int i = 0;
    int j = 0;
    double mine = 0;
    double others = 0;
    while (i < values.length && j < other.values.length) {
      double next = Math.min(values[i], other.values[j]);
      if (values[i] == next) {
        mine = cumulative[i++] / total();
      }
      if (other.values[j] == next) {
        others = other.cumulative[j++] / other.total();
      }
      largest = Math.max(largest, Math.abs(mine - others));
    }
    return largest;
  }

  /** The first Wasserstein distance, in the unit of the values. */
  public double distance(WeightedSample other) {
    return Wasserstein.distance(values, weights(), other.values, other.weights());
  }

  private double total() {
    return cumulative[cumulative.length - 1];
  }
}
