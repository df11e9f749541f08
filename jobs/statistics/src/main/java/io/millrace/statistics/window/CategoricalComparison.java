package io.millrace.statistics.window;

import io.millrace.statistics.distance.AlignedCounts;
import io.millrace.statistics.distance.EvidentlyProfile;
import io.millrace.statistics.distance.EvidentlyTest;
import io.millrace.statistics.distance.NannyMlCategories;
import io.millrace.statistics.hypothesis.ChiSquare;
import io.millrace.statistics.profile.DriftMethods;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A category in a window beside its reference. The deciding test is chi-square, with rare values
 * taken together; NannyML's, without, is given beside it. Values that are not counted by themselves
 * are one value on both sides.
 */
final class CategoricalComparison {

  /** How many values a report shows by themselves. */
  static final int SHOWN = 50;

  private CategoricalComparison() {}

  static Comparison compare(
      String feature,
      CategoricalDistribution reference,
      Map<String, Double> thresholds,
      CategoricalDistribution window) {
    Map<String, Long> before = counts(reference);
    Map<String, Long> after = counts(window);
    boolean comparable = !before.isEmpty() && !after.isEmpty();
    AlignedCounts counts = AlignedCounts.of(before, after);
    return new Comparison(
        feature,
        FeatureKind.CATEGORICAL,
        window.n(),
        reference.n(),
        DriftMethods.JENSEN_SHANNON,
        comparable ? scores(before, thresholds, after) : List.of(),
        comparable
            ? PooledChiSquare.ofUnordered(counts.reference(), counts.current()).pValue()
            : null,
        comparable ? bins(before, after) : List.of(),
        null,
        null);
  }

  /** The scores that thresholds of a trailing reference are made for. */
  static SortedMap<String, Double> chunkScores(
      CategoricalDistribution reference, CategoricalDistribution chunk) {
    SortedMap<String, Double> scores = new TreeMap<>();
    Map<String, Long> before = counts(reference);
    Map<String, Long> after = counts(chunk);
    if (!before.isEmpty() && !after.isEmpty()) {
      NannyMlCategories nannyMl = new NannyMlCategories(before);
      scores.put(DriftMethods.JENSEN_SHANNON, nannyMl.jensenShannon(after));
      scores.put(DriftMethods.HELLINGER, nannyMl.hellinger(after));
      scores.put(DriftMethods.L_INFINITY, nannyMl.lInfinity(after));
    }
    return scores;
  }

  private static List<DriftScore> scores(
      Map<String, Long> reference, Map<String, Double> thresholds, Map<String, Long> window) {
    NannyMlCategories nannyMl = new NannyMlCategories(reference);
    ChiSquare chiSquare = nannyMl.chiSquare(window);
    List<DriftScore> scores = new ArrayList<>();
    scores.add(
        Comparison.nannyMl(
            DriftMethods.JENSEN_SHANNON, nannyMl.jensenShannon(window), thresholds, false));
    scores.add(
        Comparison.nannyMl(DriftMethods.HELLINGER, nannyMl.hellinger(window), thresholds, false));
    scores.add(
        Comparison.nannyMl(DriftMethods.L_INFINITY, nannyMl.lInfinity(window), thresholds, false));
    scores.add(
        new DriftScore(
            DriftMethods.CHI_SQUARE,
            DriftConvention.NANNYML,
            chiSquare.statistic(),
            null,
            chiSquare.pValue(),
            null,
            false));
    scores.add(evidently(EvidentlyTest.PSI, DriftMethods.PSI, reference, window));
    scores.add(
        evidently(EvidentlyTest.JENSEN_SHANNON, DriftMethods.JENSEN_SHANNON, reference, window));
    return scores;
  }

  private static DriftScore evidently(
      EvidentlyTest test, String method, Map<String, Long> reference, Map<String, Long> window) {
    double value = EvidentlyProfile.categories(test, reference, window).score();
    return new DriftScore(
        method, DriftConvention.EVIDENTLY, value, test.defaultThreshold(), null, null, false);
  }

  /** Those that contribute most first, and last the rest. */
  private static List<DriftBin> bins(Map<String, Long> reference, Map<String, Long> window) {
    SortedSet<String> values = new TreeSet<>(reference.keySet());
    values.addAll(window.keySet());
    double n = sum(reference);
    double m = sum(window);
    List<DriftBin> bins = new ArrayList<>();
    for (String value : values) {
      double p = reference.getOrDefault(value, 0L) / n;
      double q = window.getOrDefault(value, 0L) / m;
      bins.add(new DriftBin(null, null, value, p, q, Comparison.contribution(p, q)));
    }
    bins.sort(
        Comparator.comparing((DriftBin bin) -> DriftBin.OTHERS.equals(bin.category()))
            .thenComparing(Comparator.comparingDouble(DriftBin::contribution).reversed()));
    boolean hasOthers = DriftBin.OTHERS.equals(bins.get(bins.size() - 1).category());
    int shown = Math.min(SHOWN, bins.size() - (hasOthers ? 1 : 0));
    List<DriftBin> most = new ArrayList<>(bins.subList(0, shown));
    List<DriftBin> rest = bins.subList(shown, bins.size());
    if (!rest.isEmpty()) {
      most.add(
          new DriftBin(
              null,
              null,
              DriftBin.OTHERS,
              rest.stream().mapToDouble(DriftBin::referenceShare).sum(),
              rest.stream().mapToDouble(DriftBin::share).sum(),
              rest.stream().mapToDouble(DriftBin::contribution).sum()));
    }
    return most;
  }

  private static double sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Of the values that occur, the others as one. */
  private static Map<String, Long> counts(CategoricalDistribution side) {
    Map<String, Long> counts = new HashMap<>();
    side.counts().forEach((value, count) -> counts.merge(value, count, Long::sum));
    counts.merge(DriftBin.OTHERS, side.others(), Long::sum);
    counts.values().removeIf(count -> count == 0);
    return counts;
  }
}
