package io.millrace.training;

import io.millrace.models.packages.ModelManifest.Baseline;
import io.millrace.schemas.InvalidTensorException;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Tensor;
import io.millrace.statistics.ClassificationMetrics;
import io.millrace.training.BatchRunner.Answer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a classifier answered to rows whose labels are known.
 *
 * @param baseline its metrics
 * @param predictions the label it gave each row
 * @param confidences the probability of that label
 */
record Evaluation(Baseline baseline, List<String> predictions, List<Float> confidences) {

  /**
   * @param labels of the classifier, in the order of its probabilities
   * @param rows that were answered
   * @param answers in the order of the rows
   */
  static Evaluation of(List<String> labels, List<LabeledText> rows, List<Answer> answers)
      throws InvalidTensorException {
    ClassificationMetrics metrics = new ClassificationMetrics();
    List<String> predictions = new ArrayList<>();
    List<Float> confidences = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      List<Tensor> outputs = answers.get(i).outputs();
      String predicted = Tensors.strings(outputs.get(0)).get(0);
      float[] probabilities = Tensors.floats(outputs.get(2));
      String label = rows.get(i).label();
      metrics.add(label, predicted, probabilities[labels.indexOf(label)]);
      predictions.add(predicted);
      confidences.add(Tensors.floats(outputs.get(1))[0]);
    }
    return new Evaluation(
        new Baseline(metrics.rows(), metrics.accuracy(), metrics.macroF1(), metrics.logLoss()),
        predictions,
        confidences);
  }
}
