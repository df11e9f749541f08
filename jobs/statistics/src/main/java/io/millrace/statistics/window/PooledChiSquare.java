package io.millrace.statistics.window;

import io.millrace.statistics.hypothesis.ChiSquare;
import java.util.ArrayList;
import java.util.List;

/**
 * The chi-square test of two samples in the same bins, of which those are taken together that would
 * have fewer than {@value #LEAST_EXPECTED} values of either sample by chance: with fewer, the
 * statistic does not follow the distribution that its p-value is read from.
 *
 * <p>Both samples count as such, the reference too: it may be as small as a few hundred held-out
 * rows.
 *
 * @see <a href="https://doi.org/10.2307/3001616">Cochran (1954): Some Methods for Strengthening the
 *     Common chi-square Tests, Biometrics 10(4)</a>, of the least expected count
 */
final class PooledChiSquare {

  private static final double LEAST_EXPECTED = 5;

  private PooledChiSquare() {}

  /**
   * Of bins with an order: a bin goes together with the next ones, the last ones with the former.
   */
  static ChiSquare ofOrdered(long[] reference, long[] window) {
    double least = leastSum(reference, window);
    List<long[]> cells = new ArrayList<>();
    long[] open = {0, 0};
    for (int i = 0; i < reference.length; i++) {
      open[0] += reference[i];
      open[1] += window[i];
      if (open[0] + open[1] >= least) {
        cells.add(open);
        open = new long[] {0, 0};
      }
    }
    if (open[0] + open[1] > 0 && !cells.isEmpty()) {
      add(open, cells.get(cells.size() - 1));
    }
    return test(cells);
  }

  /**
   * Of values without an order: all rare ones are one, with the rarest of the others if need be.
   */
  static ChiSquare ofUnordered(long[] reference, long[] window) {
    double least = leastSum(reference, window);
    List<long[]> cells = new ArrayList<>();
    long[] rare = {0, 0};
    for (int i = 0; i < reference.length; i++) {
      long[] cell = {reference[i], window[i]};
      if (cell[0] + cell[1] >= least) {
        cells.add(cell);
      } else {
        add(cell, rare);
      }
    }
    if (rare[0] + rare[1] >= least || (cells.isEmpty() && rare[0] + rare[1] > 0)) {
      cells.add(rare);
    } else if (rare[0] + rare[1] > 0) {
      add(rare, rarest(cells));
    }
    return test(cells);
  }

  /** The sum of both samples of which either expects enough. */
  private static double leastSum(long[] reference, long[] window) {
    double n = 0;
    double m = 0;
    for (int i = 0; i < reference.length; i++) {
      n += reference[i];
      m += window[i];
    }
    return LEAST_EXPECTED * (n + m) / Math.min(n, m);
  }

  private static ChiSquare test(List<long[]> cells) {
    if (cells.size() < 2) {
      return new ChiSquare(0, 0, 1);
    }
    long[][] table = new long[2][cells.size()];
    for (int i = 0; i < cells.size(); i++) {
      table[0][i] = cells.get(i)[0];
      table[1][i] = cells.get(i)[1];
    }
    return ChiSquare.contingency(table);
  }

  private static long[] rarest(List<long[]> cells) {
    long[] rarest = cells.get(0);
    for (long[] cell : cells) {
      rarest = cell[0] + cell[1] < rarest[0] + rarest[1] ? cell : rarest;
    }
    return rarest;
  }

  private static void add(long[] cell, long[] into) {
    into[0] += cell[0];
    into[1] += cell[1];
  }
}
