package io.millrace.models.features;

import static io.millrace.models.features.FeatureNames.CONFIDENCE;
import static io.millrace.models.features.FeatureNames.ENTROPY;
import static io.millrace.models.features.FeatureNames.LABEL;
import static io.millrace.models.features.FeatureNames.OUTPUT_NORM;

import java.util.List;

/** The class probabilities of one row, a slice of those of a batch. */
public final class ClassScores {

  private final float[] probabilities;
  private final int from;
  private final List<String> labels;

  /**
   * @param probabilities of several rows, one after the other
   * @param from where the row's begin
   * @param labels of the classes, in the order of their probabilities
   */
  public ClassScores(float[] probabilities, int from, List<String> labels) {
    this.probabilities = probabilities;
    this.from = from;
    this.labels = labels;
  }

  /** The index of the likeliest class, the first of equals. */
  public int likeliest() {
    int best = 0;
    for (int i = 1; i < labels.size(); i++) {
      if (probabilities[from + i] > probabilities[from + best]) {
        best = i;
      }
    }
    return best;
  }

  /** The likeliest label. */
  public String label() {
    return labels.get(likeliest());
  }

  /** The probability of the likeliest label. */
  public float confidence() {
    return probabilities[from + likeliest()];
  }

  /** Shannon entropy in nats, with 0 ln 0 = 0: 0 when one class is sure, ln(classes) at most. */
  public double entropy() {
    double sum = 0;
    for (int i = from; i < from + labels.size(); i++) {
      double share = probabilities[i];
      sum -= share > 0 ? share * Math.log(share) : 0;
    }
    return sum;
  }

  /** Adds the features of {@link FeatureNames#OF_CLASSES}. */
  public void addTo(RowFeatures row) {
    row.category(LABEL, this::label)
        .number(CONFIDENCE, this::confidence)
        .number(ENTROPY, this::entropy)
        .number(OUTPUT_NORM, () -> EuclideanNorm.of(probabilities, from, labels.size()));
  }
}
