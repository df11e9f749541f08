package io.millrace.models.onnx;

/** What a text model made of the texts of a batch. */
final class BatchScores {

  private final float[] vectors;
  private final float[] scores;

  /**
   * @param vectors the encoder's, row-major [rows, dimension]; empty when nobody wants them
   * @param scores the model's answers, row-major [rows, columns]
   */
  BatchScores(float[] vectors, float[] scores) {
    this.vectors = vectors;
    this.scores = scores;
  }

  float[] vectors() {
    return vectors;
  }

  float[] scores() {
    return scores;
  }
}
