package io.millrace.statistics.evaluation;

import io.millrace.statistics.ClassificationMetrics;

/**
 * What a classifier said of a row whose label is known.
 *
 * @param predicted the label that it gave
 * @param confidence the probability of that label, 0 to 1
 * @param labelProbability what it gave the true label; 0 for a label that it does not know
 */
public record ScoredAnswer(String predicted, double confidence, double labelProbability) {

  double logLoss() {
    return ClassificationMetrics.logLoss(labelProbability);
  }
}
