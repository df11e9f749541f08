package io.millrace.models.onnx;

/**
 * Turns token vectors into one unit vector a text: the mean over the real tokens, divided by its
 * Euclidean norm, as sentence-transformers do.
 */
final class MeanPooling {

  /** Below this a norm counts as zero, as {@code torch.nn.functional.normalize} has it. */
  private static final double MIN_NORM = 1e-12;

  private MeanPooling() {}

  /**
   * Pools a batch.
   *
   * @param hidden token vectors, row-major [lengths.length, paddedLength, dimension]
   * @param lengths real tokens of each row, at least 1; the rest of a row is padding
   * @return row-major [lengths.length, dimension]
   */
  static float[] pool(float[] hidden, int[] lengths, int paddedLength, int dimension) {
    float[] pooled = new float[lengths.length * dimension];
    for (int row = 0; row < lengths.length; row++) {
      int to = row * dimension;
      int from = row * paddedLength * dimension;
      for (int token = 0; token < lengths[row]; token++) {
        for (int i = 0; i < dimension; i++) {
          pooled[to + i] += hidden[from + i];
        }
        from += dimension;
      }
      // The mean's divisor cancels out in the norm.
      normalise(pooled, to, dimension);
    }
    return pooled;
  }

  private static void normalise(float[] values, int from, int length) {
    double sum = 0;
    for (int i = from; i < from + length; i++) {
      sum += (double) values[i] * values[i];
    }
    float scale = (float) (1 / Math.max(Math.sqrt(sum), MIN_NORM));
    for (int i = from; i < from + length; i++) {
      values[i] *= scale;
    }
  }
}
