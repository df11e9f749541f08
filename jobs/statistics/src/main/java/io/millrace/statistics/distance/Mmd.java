package io.millrace.statistics.distance;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The maximum mean discrepancy of two samples of vectors, squared, with the kernel exp(-|a - b|^2 /
 * (2 sigma^2)); sigma is the median distance of two vectors of both samples together.
 *
 * <p>Unbiased: the mean kernel value of two vectors of x, and of two of y, less twice that of one
 * of each; a vector is never paired with itself. So it is about 0, above or below, when alike.
 *
 * @param squared the unbiased estimate of MMD^2
 * @param pValue the share of random divisions of the vectors into samples of these sizes that are
 *     at least as far apart, the observed one counted: (1 + k) / (1 + permutations). Once {@value
 *     #ENOUGH} of l divisions were, it is {@value #ENOUGH} / l, and no more are drawn: what is
 *     alike costs little
 * @param sigma the kernel's width, in the unit of the vectors
 * @see <a href="https://jmlr.org/papers/v13/gretton12a.html">Gretton, Borgwardt, Rasch, Schoelkopf,
 *     Smola: A Kernel Two-Sample Test (JMLR 2012), lemma 6 and section 8</a>; the p of
 *     permutations: Phipson, Smyth (2010), Statistical Applications in Genetics and Molecular
 *     Biology 9(1); of those that stop: Besag, Clifford (1991), Sequential Monte Carlo p-values,
 *     Biometrika 78(2)
 */
public record Mmd(double squared, double pValue, double sigma) {

  private static final int ENOUGH = 20;

  /**
   * The test; it takes memory and, a permutation, time of (n + m)^2.
   *
   * @param x at least two vectors
   * @param y at least two vectors, as long as those of x
   * @param permutations at most, and at least 1; 1 / (1 + permutations) is the smallest p there can
   *     be
   * @param random decides the permutations: the same state gives the same p
   */
  public static Mmd of(float[][] x, float[][] y, int permutations, RandomGenerator random) {
    if (permutations < 1) {
      throw new IllegalArgumentException(
          "Expected at least one permutation, found " + permutations);
    }
    double[][] distances = squaredDistances(x, y);
    double sigma = medianDistance(distances);
    KernelSums kernel = new KernelSums(distances, sigma, x.length);
    int[] order = new int[x.length + y.length];
    Arrays.setAll(order, i -> i);
    double observed = kernel.discrepancy(order);
    int further = 0;
    for (int i = 0; i < permutations; i++) {
      shuffle(order, random);
      further += kernel.discrepancy(order) >= observed ? 1 : 0;
      if (further == ENOUGH) {
        return new Mmd(observed, ENOUGH / (i + 1.0), sigma);
      }
    }
    return new Mmd(observed, (1.0 + further) / (1.0 + permutations), sigma);
  }

  /**
   * The estimate of MMD^2 alone, with the median distance as the kernel's width.
   *
   * @param x at least two vectors
   * @param y at least two vectors, as long as those of x
   */
  public static double unbiased(float[][] x, float[][] y) {
    double[][] distances = squaredDistances(x, y);
    int[] order = new int[x.length + y.length];
    Arrays.setAll(order, i -> i);
    return new KernelSums(distances, medianDistance(distances), x.length).discrepancy(order);
  }

  private static double[][] squaredDistances(float[][] x, float[][] y) {
    if (x.length < 2 || y.length < 2) {
      throw new IllegalArgumentException(
          "Expected at least two vectors a sample, found %d and %d".formatted(x.length, y.length));
    }
    float[][] all = Arrays.copyOf(x, x.length + y.length);
    System.arraycopy(y, 0, all, x.length, y.length);
    double[][] distances = new double[all.length][all.length];
    for (int i = 0; i < all.length; i++) {
      for (int j = 0; j < i; j++) {
        distances[i][j] = squaredDistance(all[i], all[j]);
        distances[j][i] = distances[i][j];
      }
    }
    return distances;
  }

  private static double squaredDistance(float[] a, float[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "Expected vectors of the same length, found %d and %d".formatted(a.length, b.length));
    }
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }

  /** Of two different vectors; 1 when more than half of the pairs are equal. */
  private static double medianDistance(double[][] squaredDistances) {
    int n = squaredDistances.length;
    double[] pairs = new double[n * (n - 1) / 2];
    int next = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        pairs[next++] = squaredDistances[i][j];
      }
    }
    Arrays.sort(pairs);
    double median = Math.sqrt(pairs[pairs.length / 2]);
    return median == 0 ? 1 : median;
  }

  private static void shuffle(int[] order, RandomGenerator random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int moved = order[i];
      order[i] = order[j];
      order[j] = moved;
    }
  }
}
