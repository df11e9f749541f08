package io.millrace.statistics.window;

import io.millrace.statistics.HistogramEdges;
import io.millrace.statistics.distance.Hellinger;
import io.millrace.statistics.distance.JensenShannon;
import io.millrace.statistics.distance.LogBase;
import io.millrace.statistics.distance.Shares;
import io.millrace.statistics.hypothesis.ChiSquare;
import io.millrace.statistics.hypothesis.KolmogorovSmirnov;
import io.millrace.statistics.profile.BinEdges;
import io.millrace.statistics.profile.DriftMethods;
import io.millrace.statistics.profile.Moments;
import io.millrace.statistics.profile.WeightedSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A number in a window beside its reference.
 *
 * <p>While both were counted in the same bins, shares and the deciding test are exact: chi-square
 * on the counts. It is the sounder one where there are counts: a sketch cannot see differences of
 * its own error, and the test of Kolmogorov and Smirnov is blunt where a number has few values,
 * such as a count of tokens. Without common bins both sides come from sketches, and the test is
 * that of Kolmogorov and Smirnov, with what the sketches may be off taken from the difference.
 *
 * <p>It decides alone where the reference knows one value: the only bin there is, half to either
 * side of the value, would hold shares such as 0 and 0.4 alike.
 */
final class NumericComparison {

  private final NumericDistribution reference;
  private final NumericDistribution window;
  private final BinEdges bins;
  private final double[] referenceShares;
  private final double[] shares;
  private final boolean exact;

  private NumericComparison(
      NumericDistribution reference,
      NumericDistribution window,
      BinEdges bins,
      double[] referenceShares,
      double[] shares) {
    this.reference = reference;
    this.window = window;
    this.bins = bins;
    this.referenceShares = referenceShares;
    this.shares = shares;
    exact = bins.equals(reference.bins()) && bins.equals(window.bins());
  }

  /** Null when one side has no values, or the two have nothing in common to go by. */
  private static @Nullable NumericComparison of(
      NumericDistribution reference, NumericDistribution window) {
    BinEdges bins = bins(reference);
    if (bins == null || reference.n() == 0 || window.n() == 0) {
      return null;
    }
    double[] before = shares(bins, reference);
    double[] after = shares(bins, window);
    return before == null || after == null
        ? null
        : new NumericComparison(reference, window, bins, before, after);
  }

  static Comparison compare(
      String feature,
      NumericDistribution reference,
      Map<String, Double> thresholds,
      NumericDistribution window) {
    NumericComparison comparison = of(reference, window);
    KolmogorovSmirnov smirnov = comparison == null ? null : comparison.kolmogorovSmirnov();
    boolean oneValue = smirnov != null && isOneValue(reference);
    ChiSquare chiSquare = comparison == null || oneValue ? null : comparison.chiSquare();
    Double p = chiSquare != null ? Double.valueOf(chiSquare.pValue()) : null;
    if (p == null && smirnov != null) {
      p = smirnov.pValue();
    }
    String decisive = oneValue ? DriftMethods.KOLMOGOROV_SMIRNOV : DriftMethods.JENSEN_SHANNON;
    return new Comparison(
        feature,
        FeatureKind.NUMERIC,
        window.n(),
        reference.n(),
        decisive,
        comparison == null
            ? List.of()
            : decisiveFirst(decisive, comparison.scores(thresholds, chiSquare, smirnov)),
        p,
        comparison == null ? List.of() : comparison.bins(),
        reference.describe(),
        window.describe());
  }

  private static boolean isOneValue(NumericDistribution reference) {
    Moments moments = reference.moments();
    return moments != null && moments.min() == moments.max();
  }

  private static List<DriftScore> decisiveFirst(String method, List<DriftScore> scores) {
    return scores.stream()
        .sorted(Comparator.comparing(score -> !score.method().equals(method)))
        .toList();
  }

  /** The scores that thresholds of a trailing reference are made for. */
  static SortedMap<String, Double> chunkScores(
      NumericDistribution reference, NumericDistribution chunk) {
    SortedMap<String, Double> scores = new TreeMap<>();
    NumericComparison comparison = of(reference, chunk);
    if (comparison != null) {
      scores.put(DriftMethods.JENSEN_SHANNON, comparison.jensenShannon());
      scores.put(DriftMethods.HELLINGER, comparison.hellinger());
    }
    return scores;
  }

  private List<DriftScore> scores(
      Map<String, Double> thresholds,
      @Nullable ChiSquare chiSquare,
      @Nullable KolmogorovSmirnov smirnov) {
    List<DriftScore> scores = new ArrayList<>();
    scores.add(
        Comparison.nannyMl(DriftMethods.JENSEN_SHANNON, jensenShannon(), thresholds, !exact));
    scores.add(Comparison.nannyMl(DriftMethods.HELLINGER, hellinger(), thresholds, !exact));
    if (chiSquare != null) {
      scores.add(
          new DriftScore(
              DriftMethods.CHI_SQUARE,
              DriftConvention.MILLRACE,
              chiSquare.statistic(),
              null,
              chiSquare.pValue(),
              null,
              false));
    }
    WeightedSample before = reference.sample();
    WeightedSample after = window.sample();
    Moments moments = reference.moments();
    if (smirnov != null && before != null && after != null && moments != null) {
      scores.add(
          new DriftScore(
              DriftMethods.KOLMOGOROV_SMIRNOV,
              DriftConvention.NANNYML,
              smirnov.statistic(),
              Comparison.threshold(DriftMethods.KOLMOGOROV_SMIRNOV, thresholds),
              smirnov.pValue(),
              null,
              true));
      scores.add(
          new DriftScore(
              DriftMethods.WASSERSTEIN,
              DriftConvention.NANNYML,
              before.distance(after),
              thresholds.get(DriftMethods.WASSERSTEIN),
              null,
              null,
              true));
      scores.addAll(new EvidentlyFromSketches(before, moments, after, window).scores());
    }
    return scores;
  }

  private double jensenShannon() {
    return JensenShannon.distance(referenceShares, shares, LogBase.TWO);
  }

  private double hellinger() {
    return Hellinger.distance(referenceShares, shares);
  }

  private @Nullable ChiSquare chiSquare() {
    return exact ? PooledChiSquare.ofOrdered(ordered(reference), ordered(window)) : null;
  }

  private @Nullable KolmogorovSmirnov kolmogorovSmirnov() {
    WeightedSample before = reference.sample();
    WeightedSample after = window.sample();
    return before == null || after == null
        ? null
        : KolmogorovSmirnov.ofDelta(
            before.largestDifference(after),
            reference.n(),
            window.n(),
            before.rankError(),
            after.rankError());
  }

  /** The counts with what lies below first. */
  private static long[] ordered(NumericDistribution side) {
    long[] counts = side.allCounts();
    long[] ordered = new long[counts.length];
    int inside = counts.length - 2;
    ordered[0] = counts[inside];
    System.arraycopy(counts, 0, ordered, 1, inside);
    ordered[counts.length - 1] = counts[inside + 1];
    return ordered;
  }

  private List<DriftBin> bins() {
    List<DriftBin> drifts = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      boolean inside = i < bins.inside();
      drifts.add(
          new DriftBin(
              inside ? bins.edge(i) : null,
              inside ? bins.edge(i + 1) : null,
              null,
              referenceShares[i],
              shares[i],
              Comparison.contribution(referenceShares[i], shares[i])));
    }
    return drifts;
  }

  /** The reference's own, else such as Doane's rule makes of its moments. */
  private static @Nullable BinEdges bins(NumericDistribution reference) {
    Moments moments = reference.moments();
    if (reference.bins() != null || moments == null || moments.n() == 0) {
      return reference.bins();
    }
    try {
      return new BinEdges(
          HistogramEdges.doane(moments.n(), moments.min(), moments.max(), moments.skewness()));
    } catch (IllegalArgumentException e) {
      // The extremes are too close together, or too far apart, for edges between them.
      return null;
    }
  }

  private static double @Nullable [] shares(BinEdges bins, NumericDistribution side) {
    if (bins.equals(side.bins())) {
      return Shares.of(side.joinedCounts(bins));
    }
    WeightedSample sample = side.sample();
    if (sample == null) {
      return null;
    }
    double[] shares = new double[bins.inside() + 1];
    double inside = 0;
    for (int i = 0; i < bins.inside(); i++) {
      boolean last = i == bins.inside() - 1;
      double upTo = last ? sample.atMost(bins.edge(i + 1)) : sample.below(bins.edge(i + 1));
      shares[i] = Math.max(0, upTo - sample.below(bins.edge(i)));
      inside += shares[i];
    }
    shares[bins.inside()] = Math.max(0, 1 - inside);
    return shares;
  }
}
