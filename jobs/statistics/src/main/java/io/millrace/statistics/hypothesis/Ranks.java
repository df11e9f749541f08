package io.millrace.statistics.hypothesis;

import java.util.Arrays;

/**
 * The ranks of two samples in one order, from 1; equal values share the mean of theirs.
 *
 * @param sumOfFirst of the first sample's values
 * @param tieTerm sum of t^3 - t over the groups of t equal values; 0 without ties
 */
record Ranks(double sumOfFirst, double tieTerm) {

  static Ranks of(double[] x, double[] y) {
    double[] first = x.clone();
    double[] all = Arrays.copyOf(x, x.length + y.length);
    System.arraycopy(y, 0, all, x.length, y.length);
    Arrays.sort(first);
    Arrays.sort(all);
    double sum = 0;
    double ties = 0;
    int seen = 0;
    for (int from = 0; from < all.length; ) {
      int to = from;
      while (to < all.length && all[to] == all[from]) {
        to++;
      }
      int ofFirst = 0;
      while (seen < first.length && first[seen] == all[from]) {
        seen++;
        ofFirst++;
      }
      double t = to - from;
      sum += ofFirst * (from + 1 + to) / 2.0;
      ties += t * t * t - t;
      from = to;
    }
    return new Ranks(sum, ties);
  }
}
