package io.millrace.statistics.evaluation;

/**
 * A row and what both versions said of it.
 *
 * @param label the true one
 */
public record PairedRow(String label, ScoredAnswer production, ScoredAnswer candidate) {

  boolean productionRight() {
    return label.equals(production.predicted());
  }

  boolean candidateRight() {
    return label.equals(candidate.predicted());
  }

  boolean agree() {
    return production.predicted().equals(candidate.predicted());
  }
}
