package io.millrace.statistics.window;

import io.millrace.statistics.HistogramEdges;
import io.millrace.statistics.distance.EvidentlyTest;
import io.millrace.statistics.distance.Hellinger;
import io.millrace.statistics.distance.JensenShannon;
import io.millrace.statistics.distance.LogBase;
import io.millrace.statistics.distance.Psi;
import io.millrace.statistics.distance.Wasserstein;
import io.millrace.statistics.profile.DriftMethods;
import io.millrace.statistics.profile.Moments;
import io.millrace.statistics.profile.WeightedSample;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * evidently's scores of a number from what is kept of both samples. Its edges are of both samples
 * together, and known exactly from their sizes and extremes; the shares between them are off by
 * what the sketches are. Which values there are is known while the samples are kept whole; a rare
 * one may be lost later, and where evidently fills shares of 0 by a side's smallest share, PSI then
 * differs by much (13 for 27, seen in 2% of such windows): far above its threshold both.
 *
 * @see io.millrace.statistics.distance.EvidentlyProfile
 */
final class EvidentlyFromSketches {

  /** With more distinct values in the reference there are bins, else one a value. */
  private static final int MAX_DISTINCT_WITHOUT_BINS = 20;

  private final WeightedSample reference;
  private final Moments referenceMoments;
  private final WeightedSample window;
  private final long n;
  private final double min;
  private final double max;
  private final double leastWidth;

  EvidentlyFromSketches(
      WeightedSample reference,
      Moments referenceMoments,
      WeightedSample window,
      NumericDistribution distribution) {
    this.reference = reference;
    this.referenceMoments = referenceMoments;
    this.window = window;
    Moments moments =
        distribution.moments() == null
            ? referenceMoments
            : distribution.moments().plus(referenceMoments);
    n = moments.n();
    min = moments.min();
    max = moments.max();
    leastWidth = isWhole(reference) && isWhole(window) ? 1 : 0;
  }

  List<DriftScore> scores() {
    boolean binned = reference.size() > MAX_DISTINCT_WITHOUT_BINS;
    double[] edges = HistogramEdges.sturges(n, min, max, leastWidth);
    double[] p = binned ? shares(reference, edges) : points(reference);
    double[] q = binned ? shares(window, edges) : points(window);
    double[] distinctEdges = HistogramEdges.sturges(values().size(), min, max, leastWidth);
    return List.of(
        score(EvidentlyTest.PSI, DriftMethods.PSI, Psi.of(p, q)),
        score(
            EvidentlyTest.WASSERSTEIN,
            DriftMethods.WASSERSTEIN,
            Wasserstein.normed(reference.distance(window), referenceMoments.deviation())),
        score(
            EvidentlyTest.JENSEN_SHANNON,
            DriftMethods.JENSEN_SHANNON,
            JensenShannon.distance(p, q, LogBase.NATURAL)),
        score(
            EvidentlyTest.HELLINGER,
            DriftMethods.HELLINGER,
            Hellinger.ofCoefficient(
                shares(reference, distinctEdges), shares(window, distinctEdges))));
  }

  private SortedSet<Double> values() {
    SortedSet<Double> values = new TreeSet<>();
    for (int i = 0; i < reference.size(); i++) {
      values.add(reference.value(i));
    }
    for (int i = 0; i < window.size(); i++) {
      values.add(window.value(i));
    }
    return values;
  }

  private double[] points(WeightedSample side) {
    return values().stream().mapToDouble(value -> side.atMost(value) - side.below(value)).toArray();
  }

  private static double[] shares(WeightedSample side, double[] edges) {
    double[] shares = new double[edges.length - 1];
    for (int i = 0; i < shares.length; i++) {
      double upTo = i == shares.length - 1 ? 1 : side.below(edges[i + 1]);
      shares[i] = Math.max(0, upTo - (i == 0 ? 0 : side.below(edges[i])));
    }
    return shares;
  }

  /** Whether evidently would find an array of whole numbers. */
  private static boolean isWhole(WeightedSample side) {
    for (int i = 0; i < side.size(); i++) {
      if (side.value(i) != Math.rint(side.value(i))) {
        return false;
      }
    }
    return true;
  }

  private static DriftScore score(EvidentlyTest test, String method, double value) {
    return new DriftScore(
        method, DriftConvention.EVIDENTLY, value, test.defaultThreshold(), null, null, true);
  }
}
