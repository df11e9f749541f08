package io.millrace.models.onnx;

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

  /** Answers of an encoder: the vectors as they are. */
  record Embeddings(int dimension) implements TextOutputs {
    @Override
    public List<Tensor> tensors(float[] scores, int rows) {
      return List.of(
          Tensors.ofFloats(TextSignature.EMBEDDING, new long[] {rows, dimension}, scores));
    }
  }

  /** Answers of a classifier, whose scores are probabilities in the order of the labels. */
  record Classes(List<String> labels) implements TextOutputs {
    @Override
    public List<Tensor> tensors(float[] scores, int rows) {
      List<String> likeliest = new ArrayList<>(rows);
      float[] confidence = new float[rows];
      for (int row = 0; row < rows; row++) {
        int best = indexOfMax(scores, row * labels.size());
        likeliest.add(labels.get(best - row * labels.size()));
        confidence[row] = scores[best];
      }
      return List.of(
          Tensors.ofStrings(TextSignature.LABEL, likeliest),
          Tensors.ofFloats(TextSignature.CONFIDENCE, new long[] {rows}, confidence),
          Tensors.ofFloats(TextSignature.PROBABILITIES, new long[] {rows, labels.size()}, scores));
    }

    private int indexOfMax(float[] scores, int from) {
      int best = from;
      for (int i = from + 1; i < from + labels.size(); i++) {
        if (scores[i] > scores[best]) {
          best = i;
        }
      }
      return best;
    }
  }
}
