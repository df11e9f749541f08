package io.millrace.statistics.hypothesis;

import java.util.Arrays;

/** Counts by row and column, with their sums. */
final class ContingencyTable {

  private final long[][] counts;
  private final long[] rows;
  private final long[] columns;
  private final long n;

  ContingencyTable(long[][] counts) {
    if (counts.length == 0 || counts[0].length == 0) {
      throw new IllegalArgumentException("A contingency table is empty");
    }
    this.counts = counts;
    rows = new long[counts.length];
    columns = new long[counts[0].length];
    for (int i = 0; i < counts.length; i++) {
      if (counts[i].length != columns.length) {
        throw new IllegalArgumentException("A contingency table's rows differ in length");
      }
      for (int j = 0; j < columns.length; j++) {
        if (counts[i][j] < 0) {
          throw new IllegalArgumentException("Expected counts of 0 or more, found " + counts[i][j]);
        }
        rows[i] += counts[i][j];
        columns[j] += counts[i][j];
      }
    }
    requireAboveZero("row", rows);
    requireAboveZero("column", columns);
    n = Arrays.stream(rows).sum();
  }

  int degreesOfFreedom() {
    return (rows.length - 1) * (columns.length - 1);
  }

  /**
   * Pearson's statistic.
   *
   * @param corrected every count moved towards the expected one by 0.5, or by what is between them
   *     (Yates)
   */
  double statistic(boolean corrected) {
    double statistic = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        double expected = (double) rows[i] * columns[j] / n;
        double difference = Math.abs(counts[i][j] - expected);
        double left = corrected ? difference - Math.min(0.5, difference) : difference;
        statistic += left * left / expected;
      }
    }
    return statistic;
  }

  private static void requireAboveZero(String what, long[] sums) {
    for (int i = 0; i < sums.length; i++) {
      if (sums[i] == 0) {
        throw new IllegalArgumentException(
            "A contingency table's %s %d sums to 0, expected a count above 0".formatted(what, i));
      }
    }
  }
}
