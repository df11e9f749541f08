package io.millrace.statistics.window;

import io.millrace.statistics.hypothesis.BenjaminiHochberg;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares the features of a window with those of its reference. */
public final class DriftAssessment {

  private static final NumericDistribution NO_NUMBERS =
      new NumericDistribution(0, null, List.of(), null, null);
  private static final CategoricalDistribution NO_CATEGORIES =
      new CategoricalDistribution(new TreeMap<>(), 0);

  private DriftAssessment() {}

  /**
   * The drift of every feature that the window or the reference has, by kind and then by name. The
   * same arguments give the same result.
   *
   * <p>A feature drifted when its decisive score is at or above its threshold and its p-value,
   * adjusted over all features of the window that are tested, is below the rule's alpha. One is not
   * tested, and gets no verdict, with fewer observations than the rule asks of a window and of a
   * trailing reference, or when the reference does not have it.
   */
  public static List<FeatureDrift> assess(
      FeatureSummaries window, Reference reference, DriftRule rule) {
    List<Comparison> comparisons = compare(window, reference, rule);
    List<Comparison> tested =
        comparisons.stream().filter(each -> isTested(each, reference, rule)).toList();
    double[] adjusted =
        BenjaminiHochberg.adjust(
            tested.stream().map(Comparison::pValue).mapToDouble(p -> p == null ? 1 : p).toArray());
    List<FeatureDrift> drifts = new ArrayList<>();
    for (Comparison each : comparisons) {
      int position = tested.indexOf(each);
      Double p = position < 0 ? null : Double.valueOf(adjusted[position]);
      List<DriftScore> scores = withP(each, p);
      drifts.add(
          new FeatureDrift(
              each.feature(),
              each.kind(),
              each.n(),
              window.rows() - each.n(),
              reference.source(),
              each.referenceN(),
              p == null ? DriftVerdict.INSUFFICIENT : verdict(scores.get(0), p, rule),
              each.method(),
              scores,
              each.bins(),
              each.referenceSummary(),
              each.summary()));
    }
    return drifts;
  }

  private static List<Comparison> compare(
      FeatureSummaries window, Reference reference, DriftRule rule) {
    List<Comparison> comparisons = new ArrayList<>();
    SortedMap<String, NumericDistribution> numbers = window.numbers();
    for (String feature : names(reference.numbers(), numbers)) {
      var side =
          reference.numbers().getOrDefault(feature, new Reference.Side<>(NO_NUMBERS, Map.of()));
      comparisons.add(
          NumericComparison.compare(
              feature,
              side.distribution(),
              side.thresholds(),
              numbers.getOrDefault(feature, NO_NUMBERS)));
    }
    SortedMap<String, CategoricalDistribution> categories = window.categories();
    for (String feature : names(reference.categories(), categories)) {
      var side =
          reference
              .categories()
              .getOrDefault(feature, new Reference.Side<>(NO_CATEGORIES, Map.of()));
      comparisons.add(
          CategoricalComparison.compare(
              feature,
              side.distribution(),
              side.thresholds(),
              categories.getOrDefault(feature, NO_CATEGORIES)));
    }
    SortedMap<String, VectorDistribution> vectors = window.vectors();
    for (String feature : names(reference.vectors(), vectors)) {
      var side =
          reference
              .vectors()
              .getOrDefault(feature, new Reference.Side<>(VectorDistribution.NONE, Map.of()));
      comparisons.add(
          VectorComparison.compare(
              feature,
              side.distribution(),
              side.thresholds(),
              vectors.getOrDefault(feature, VectorDistribution.NONE),
              rule));
    }
    return comparisons;
  }

  private static boolean isTested(Comparison each, Reference reference, DriftRule rule) {
    boolean known =
        reference.source() == ReferenceSource.PACKAGE
            || each.referenceN() >= rule.leastObservations();
    return known && each.n() >= rule.leastObservations() && each.pValue() != null;
  }

  /** The decisive score with the p-values, and the others as they are. */
  private static List<DriftScore> withP(Comparison comparison, @Nullable Double adjusted) {
    List<DriftScore> scores = new ArrayList<>(comparison.scores());
    if (!scores.isEmpty()) {
      scores.set(0, scores.get(0).with(comparison.pValue(), adjusted));
    }
    return scores;
  }

  private static DriftVerdict verdict(DriftScore decisive, double adjusted, DriftRule rule) {
    Double threshold = decisive.threshold();
    return threshold != null && decisive.value() >= threshold && adjusted < rule.alpha()
        ? DriftVerdict.DRIFT
        : DriftVerdict.STABLE;
  }

  private static SortedSet<String> names(Map<String, ?> reference, Map<String, ?> window) {
    SortedSet<String> names = new TreeSet<>(reference.keySet());
    names.addAll(window.keySet());
    return names;
  }
}
