package io.millrace.statistics.evaluation;

import io.millrace.statistics.ClassMetrics;

/**
 * One class under both versions.
 *
 * @param rows that have the label
 * @param f1Difference candidate minus production
 */
public record ClassChange(
    String label, int rows, Scores production, Scores candidate, double f1Difference) {

  /** As {@link ClassMetrics} has them. */
  public record Scores(double precision, double recall, double f1) {
    static Scores of(ClassMetrics metrics) {
      return new Scores(metrics.precision(), metrics.recall(), metrics.f1());
    }
  }

  static ClassChange of(String label, ClassMetrics production, ClassMetrics candidate) {
    return new ClassChange(
        label,
        Math.max(production.rows(), candidate.rows()),
        Scores.of(production),
        Scores.of(candidate),
        candidate.f1() - production.f1());
  }
}
