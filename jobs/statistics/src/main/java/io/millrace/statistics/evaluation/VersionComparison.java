package io.millrace.statistics.evaluation;

import io.millrace.statistics.ClassMetrics;
import io.millrace.statistics.ClassificationMetrics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A candidate against production on the same labelled rows.
 *
 * @param agreement share of rows that both give the same label
 * @param differences candidate minus production, with intervals
 * @param classes the classes that occur; what the candidate is worst at first
 * @param confusions of the candidate on the classes that it is worst at: by label, by prediction
 */
public record VersionComparison(
    int rows,
    VersionQuality production,
    VersionQuality candidate,
    double agreement,
    PairedBootstrap.Differences differences,
    McNemar mcNemar,
    List<ClassChange> classes,
    Map<String, Map<String, Integer>> confusions) {

  private static final int WORST_CLASSES = 10;
  private static final ClassMetrics NOWHERE = new ClassMetrics(0, 0, 0);

  public VersionComparison {
    classes = List.copyOf(classes);
    confusions = Collections.unmodifiableMap(new LinkedHashMap<>(confusions));
  }

  /**
   * Compares.
   *
   * @param rows at least one
   */
  public static VersionComparison of(List<PairedRow> rows, PairedBootstrap bootstrap) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("No rows to compare on, expected at least one");
    }
    ClassificationMetrics before = new ClassificationMetrics();
    ClassificationMetrics after = new ClassificationMetrics();
    for (PairedRow row : rows) {
      add(before, row.label(), row.production());
      add(after, row.label(), row.candidate());
    }
    return new VersionComparison(
        rows.size(),
        VersionQuality.of(rows, PairedRow::production, before),
        VersionQuality.of(rows, PairedRow::candidate, after),
        (double) rows.stream().filter(PairedRow::agree).count() / rows.size(),
        bootstrap.differences(rows),
        mcNemar(rows),
        changes(before.classes(), after.classes()),
        worst(after));
  }

  private static void add(ClassificationMetrics metrics, String label, ScoredAnswer answer) {
    metrics.add(label, answer.predicted(), answer.labelProbability());
  }

  private static McNemar mcNemar(List<PairedRow> rows) {
    int productionOnly = 0;
    int candidateOnly = 0;
    for (PairedRow row : rows) {
      if (row.productionRight() && !row.candidateRight()) {
        productionOnly++;
      } else if (row.candidateRight() && !row.productionRight()) {
        candidateOnly++;
      }
    }
    return McNemar.of(productionOnly, candidateOnly);
  }

  private static List<ClassChange> changes(
      SortedMap<String, ClassMetrics> before, SortedMap<String, ClassMetrics> after) {
    SortedSet<String> labels = new TreeSet<>(before.keySet());
    labels.addAll(after.keySet());
    return labels.stream()
        .map(
            label ->
                ClassChange.of(
                    label, before.getOrDefault(label, NOWHERE), after.getOrDefault(label, NOWHERE)))
        .sorted(
            Comparator.comparingDouble(ClassChange::f1Difference).thenComparing(ClassChange::label))
        .toList();
  }

  /** The classes with rows whose F1 is lowest, unless every answer about them is right. */
  private static Map<String, Map<String, Integer>> worst(ClassificationMetrics metrics) {
    SortedMap<String, ClassMetrics> classes = metrics.classes();
    List<String> labels = new ArrayList<>(classes.keySet());
    labels.removeIf(label -> metric(classes, label).rows() == 0);
    labels.removeIf(label -> metric(classes, label).recall() == 1);
    labels.sort(Comparator.comparingDouble(label -> metric(classes, label).f1()));
    Map<String, Map<String, Integer>> confusions = new LinkedHashMap<>();
    labels.stream()
        .limit(WORST_CLASSES)
        .forEach(label -> confusions.put(label, metrics.predictions(label)));
    return confusions;
  }

  private static ClassMetrics metric(SortedMap<String, ClassMetrics> classes, String label) {
    return classes.getOrDefault(label, NOWHERE);
  }
}
