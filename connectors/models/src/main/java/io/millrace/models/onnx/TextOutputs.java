package io.millrace.models.onnx;

import io.millrace.models.features.ClassScores;
import io.millrace.models.features.EuclideanNorm;
import io.millrace.models.features.FeatureNames;
import io.millrace.models.features.RowFeatures;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Makes the tensors of one answer of the model's scores. */
interface TextOutputs {

  /**
   * The tensors of one answer.
   *
   * @param scores of the answer's texts alone, row-major [rows, columns]
   */
  List<Tensor> tensors(float[] scores, int rows);

  /**
   * Adds the features of one row of the scores.
   *
   * @param scores of several texts, row-major [rows, columns]
   */
  void addTo(RowFeatures features, float[] scores, int row);

  /** Answers of an encoder: the vectors as they are. */
  record Embeddings(int dimension) implements TextOutputs {
    @Override
    public List<Tensor> tensors(float[] scores, int rows) {
      return List.of(
          Tensors.ofFloats(TextSignature.EMBEDDING, new long[] {rows, dimension}, scores));
    }

    @Override
    public void addTo(RowFeatures features, float[] scores, int row) {
      features.number(
          FeatureNames.OUTPUT_NORM, () -> EuclideanNorm.of(scores, row * dimension, dimension));
    }
  }

  /** Answers of a classifier, whose scores are probabilities in the order of the labels. */
  record Classes(List<String> labels) implements TextOutputs {
    @Override
    public List<Tensor> tensors(float[] scores, int rows) {
      List<String> likeliest = new ArrayList<>(rows);
      float[] confidence = new float[rows];
      for (int row = 0; row < rows; row++) {
        ClassScores classes = classes(scores, row);
        likeliest.add(classes.label());
        confidence[row] = classes.confidence();
      }
      return List.of(
          Tensors.ofStrings(TextSignature.LABEL, likeliest),
          Tensors.ofFloats(TextSignature.CONFIDENCE, new long[] {rows}, confidence),
          Tensors.ofFloats(TextSignature.PROBABILITIES, new long[] {rows, labels.size()}, scores));
    }

    @Override
    public void addTo(RowFeatures features, float[] scores, int row) {
      classes(scores, row).addTo(features);
    }

    private ClassScores classes(float[] scores, int row) {
      return new ClassScores(scores, row * labels.size(), labels);
    }
  }
}
