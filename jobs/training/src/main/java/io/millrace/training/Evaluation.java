package io.millrace.training;

import io.millrace.models.Answer;
import io.millrace.models.packages.ModelManifest.Baseline;
import io.millrace.schemas.InvalidTensorException;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Tensor;
import io.millrace.statistics.ClassificationMetrics;
import io.millrace.statistics.profile.ConfidenceCalibration;
import java.util.List;

/**
 * What a classifier answered to rows whose labels are known.
 *
 * @param baseline its metrics
 * @param calibration what its confidences are worth
 */
record Evaluation(Baseline baseline, ConfidenceCalibration calibration) {

  /**
   * @param labels of the classifier, in the order of its probabilities
   * @param rows that were answered, at least one
   * @param answers in the order of the rows
   */
  static Evaluation of(List<String> labels, List<LabeledText> rows, List<Answer> answers)
      throws InvalidTensorException {
    ClassificationMetrics metrics = new ClassificationMetrics();
    double[] confidences = new double[rows.size()];
    boolean[] right = new boolean[rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      List<Tensor> outputs = answers.get(i).outputs();
      String predicted = Tensors.strings(outputs.get(0)).get(0);
      float[] probabilities = Tensors.floats(outputs.get(2));
      String label = rows.get(i).label();
      metrics.add(label, predicted, probabilities[labels.indexOf(label)]);
      confidences[i] = Tensors.floats(outputs.get(1))[0];
      right[i] = predicted.equals(label);
    }
    return new Evaluation(
        new Baseline(metrics.rows(), metrics.accuracy(), metrics.macroF1(), metrics.logLoss()),
        ConfidenceCalibration.fit(confidences, right));
  }
}
