package io.millrace.statistics.distance;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The Jensen-Shannon divergence, base 2, of two histograms with different edges, as TensorFlow Data
 * Validation has it: both are cut at all edges of either, a bin's count spread evenly over its
 * pieces. A bin without width is a value by itself, and what lies in bins without a finite edge is
 * shared with nothing of the other side.
 *
 * @see <a
 *     href="https://github.com/tensorflow/data-validation/blob/master/tensorflow_data_validation/anomalies/metrics.cc">tensorflow_data_validation
 *     /anomalies/metrics.cc, JensenShannonDivergence</a>
 */
public final class RebinnedJensenShannon {

  private RebinnedJensenShannon() {}

  /**
   * The divergence (not the distance, its root): 0 to 1.
   *
   * @param referenceEdges ascending or equal, one more than counts
   * @param referenceCounts 0 or more, not all 0
   * @param currentEdges as of the reference; others
   * @param currentCounts as of the reference
   */
  public static double divergence(
      double[] referenceEdges,
      double[] referenceCounts,
      double[] currentEdges,
      double[] currentCounts) {
    Pieces reference = Pieces.of(referenceEdges, referenceCounts);
    Pieces current = Pieces.of(currentEdges, currentCounts);
    SortedSet<Double> cuts = new TreeSet<>(reference.cuts);
    cuts.addAll(current.cuts);
    SortedSet<Double> points = new TreeSet<>(reference.points.keySet());
    points.addAll(current.points.keySet());
    double[] p = reference.weights(cuts, points, true);
    double[] q = current.weights(cuts, points, false);
    return Math.min(1, JensenShannon.divergence(p, q, LogBase.TWO));
  }

  /** A histogram taken apart. */
  private static final class Pieces {

    private final double[] edges;
    private final double[] counts;
    private final SortedSet<Double> cuts = new TreeSet<>();
    private final SortedMap<Double, Double> points = new TreeMap<>();
    private double withoutEdge;

    private Pieces(double[] edges, double[] counts) {
      this.edges = edges;
      this.counts = counts;
    }

    static Pieces of(double[] edges, double[] counts) {
      if (counts.length == 0 || edges.length != counts.length + 1) {
        throw new IllegalArgumentException(
            "A histogram has %d edges and %d counts, expected one more edge than counts"
                .formatted(edges.length, counts.length));
      }
      if (!(Arrays.stream(counts).sum() > 0)) {
        throw new IllegalArgumentException("A histogram is empty, expected a count above 0");
      }
      Pieces pieces = new Pieces(edges, counts);
      for (int i = 0; i < counts.length; i++) {
        if (!(edges[i] <= edges[i + 1])) {
          throw new IllegalArgumentException("A histogram's edges are not ascending");
        }
        if (!pieces.isFinite(i)) {
          pieces.withoutEdge += counts[i];
        } else if (edges[i] == edges[i + 1]) {
          pieces.points.merge(edges[i], counts[i], Double::sum);
        } else {
          pieces.cuts.add(edges[i]);
          pieces.cuts.add(edges[i + 1]);
        }
      }
      return pieces;
    }

    /** Between all cuts, at all points, and without an edge: here first, there last. */
    double[] weights(SortedSet<Double> allCuts, SortedSet<Double> allPoints, boolean first) {
      double[] between = allCuts.stream().mapToDouble(Double::doubleValue).toArray();
      double[] weights = new double[Math.max(0, between.length - 1) + allPoints.size() + 2];
      int next = 0;
      for (int i = 0; i + 1 < between.length; i++) {
        weights[next++] = spread(between[i], between[i + 1]);
      }
      for (double point : allPoints) {
        weights[next++] = points.getOrDefault(point, 0.0);
      }
      weights[first ? next : next + 1] = withoutEdge;
      return weights;
    }

    private double spread(double from, double to) {
      for (int i = 0; i < counts.length; i++) {
        if (isFinite(i) && edges[i] <= from && to <= edges[i + 1]) {
          return counts[i] * ((to - from) / (edges[i + 1] - edges[i]));
        }
      }
      return 0;
    }

    private boolean isFinite(int bin) {
      return Double.isFinite(edges[bin]) && Double.isFinite(edges[bin + 1]);
    }
  }
}
