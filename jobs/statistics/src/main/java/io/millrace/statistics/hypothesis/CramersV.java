package io.millrace.statistics.hypothesis;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Cramer's V of two samples of categories, corrected for its bias: 0 when alike, 1 when nothing is
 * shared. With phi^2 = chi^2 / n of a table of r rows and k columns: phi~^2 = max(0, phi^2 - (k -
 * 1)(r - 1) / (n - 1)), r~ = r - (r - 1)^2 / (n - 1), k~ likewise, V = sqrt(phi~^2 / min(k~ - 1, r~
 * - 1)). Chi^2 is Yates' for two categories.
 *
 * @see <a
 *     href="https://github.com/deepchecks/deepchecks/blob/main/deepchecks/utils/distribution/drift.py">deepchecks'
 *     cramers_v</a>; <a href="https://doi.org/10.1016/j.jkss.2012.10.002">Bergsma (2013), Journal
 *     of the Korean Statistical Society 42(3)</a>
 */
public final class CramersV {

  private CramersV() {}

  /**
   * Of two samples, as deepchecks has it: the larger one's counts are first scaled to the size of
   * the smaller one, and rounded (halves to even).
   *
   * @param reference counts of each category, not all 0
   * @param current counts of the same categories, not all 0
   * @return 0 for one category alone
   */
  public static double of(long[] reference, long[] current) {
    double n = Arrays.stream(reference).sum();
    double m = Arrays.stream(current).sum();
    return ofCounts(scaled(reference, Math.min(1, m / n)), scaled(current, Math.min(1, n / m)));
  }

  /**
   * Of the counts as they are, as deepchecks has it with {@code from_freqs}.
   *
   * @param reference counts of each category, not all 0
   * @param current counts of the same categories, not all 0
   * @return 0 for one category alone
   */
  public static double ofCounts(long[] reference, long[] current) {
    if (reference.length != current.length) {
      throw new IllegalArgumentException(
          "Expected counts of the same categories, found %d and %d"
              .formatted(reference.length, current.length));
    }
    int[] seen =
        IntStream.range(0, reference.length).filter(i -> reference[i] + current[i] > 0).toArray();
    if (seen.length == 1) {
      return 0;
    }
    long[][] table = {select(reference, seen), select(current, seen)};
    double n = Arrays.stream(reference).sum() + Arrays.stream(current).sum();
    int rows = table.length;
    int columns = seen.length;
    double phi = ChiSquare.contingency(table).statistic() / n;
    double unbiased = Math.max(0, phi - (columns - 1.0) * (rows - 1.0) / (n - 1));
    return Math.sqrt(unbiased / Math.min(corrected(columns, n) - 1, corrected(rows, n) - 1));
  }

  private static double corrected(double size, double n) {
    return size - (size - 1) * (size - 1) / (n - 1);
  }

  private static long[] scaled(long[] counts, double factor) {
    return Arrays.stream(counts).map(count -> (long) Math.rint(count * factor)).toArray();
  }

  private static long[] select(long[] counts, int[] positions) {
    return Arrays.stream(positions).mapToLong(i -> counts[i]).toArray();
  }
}
