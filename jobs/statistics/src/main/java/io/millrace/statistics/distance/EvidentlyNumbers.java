package io.millrace.statistics.distance;

import io.millrace.statistics.Bins;
import io.millrace.statistics.HistogramEdges;
import io.millrace.statistics.hypothesis.Alternative;
import io.millrace.statistics.hypothesis.KolmogorovSmirnov;
import io.millrace.statistics.hypothesis.MannWhitney;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;

/** Two samples of a number, with evidently's bins and scores. */
final class EvidentlyNumbers {

  /** With more distinct values in the reference there are bins, else one a value. */
  private static final int MAX_DISTINCT_WITHOUT_BINS = 20;

  private final double[] reference;
  private final double[] current;
  private final boolean whole;
  private final EvidentlyCounts values;

  /**
   * Finite values of both.
   *
   * @param whole whether they come from arrays of whole numbers
   */
  EvidentlyNumbers(double[] reference, double[] current, boolean whole) {
    this.reference = finite(reference, "reference");
    this.current = finite(current, "current");
    this.whole = whole;
    values =
        new EvidentlyCounts(
            AlignedCounts.of(Distinct.count(this.reference), Distinct.count(this.current)));
  }

  EvidentlyTest defaultTest() {
    boolean few = values.distinct() <= EvidentlyProfile.FEW_DISTINCT;
    if (few) {
      return values.defaultTest();
    }
    return reference.length <= EvidentlyProfile.SMALL_REFERENCE
        ? EvidentlyTest.KOLMOGOROV_SMIRNOV
        : EvidentlyTest.WASSERSTEIN;
  }

  double score(EvidentlyTest test) {
    return switch (test) {
      case PSI, KULLBACK_LEIBLER, JENSEN_SHANNON -> binned().score(test);
      case HELLINGER -> hellinger();
      case WASSERSTEIN -> Wasserstein.normed(reference, current);
      case KOLMOGOROV_SMIRNOV -> KolmogorovSmirnov.of(reference, current).pValue();
      case MANN_WHITNEY -> MannWhitney.of(reference, current, Alternative.LESS).pValue();
      case CHI_SQUARE, Z -> values.score(test);
    };
  }

  private EvidentlyCounts binned() {
    if (values.distinctOfReference() <= MAX_DISTINCT_WITHOUT_BINS) {
      return values;
    }
    double[] both = Arrays.copyOf(reference, reference.length + current.length);
    System.arraycopy(current, 0, both, reference.length, current.length);
    return counted(sturges(both));
  }

  private EvidentlyCounts counted(double[] edges) {
    return new EvidentlyCounts(
        new AlignedCounts(
            inside(Bins.count(edges, reference)), inside(Bins.count(edges, current))));
  }

  /** With the edges of the distinct values, each once, whatever their number. */
  private double hellinger() {
    SortedSet<Double> distinct = new TreeSet<>(Distinct.count(reference).keySet());
    distinct.addAll(Distinct.count(current).keySet());
    double[] edges = sturges(distinct.stream().mapToDouble(Double::doubleValue).toArray());
    return counted(edges).score(EvidentlyTest.HELLINGER);
  }

  private double[] sturges(double[] sample) {
    return whole
        ? HistogramEdges.sturgesOfIntegers(
            Arrays.stream(sample).mapToLong(value -> (long) value).toArray())
        : HistogramEdges.sturges(sample);
  }

  /** The edges span both samples, so that nothing is outside. */
  private static long[] inside(long[] counts) {
    return Arrays.copyOf(counts, counts.length - 1);
  }

  private static double[] finite(double[] values, String which) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    if (finite.length == 0) {
      throw new IllegalArgumentException(
          "The %s sample has no finite number, expected at least one".formatted(which));
    }
    return finite;
  }
}
