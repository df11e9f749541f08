package io.millrace.statistics.window;

/**
 * One class among the labelled answers: precision is hits / predicted, recall hits / support.
 *
 * @param support answers whose right label it is
 * @param predicted answers that gave it
 * @param hits answers that are both
 */
public record ClassQuality(String label, long support, long predicted, long hits) {

  /** Harmonic mean of precision and recall; 0 without hits. */
  public double f1() {
    return support + predicted == 0 ? 0 : 2.0 * hits / (support + predicted);
  }
}
