package io.millrace.models.onnx;

import io.millrace.models.PredictionException;
import io.millrace.models.StopSignal;
import io.millrace.models.packages.ModelManifest.BatchingHints;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Runs full batches of the shortest, the middle and the longest length bucket, so that the first
 * request finds memory allocated and code compiled.
 */
final class WarmUp {

  private WarmUp() {}

  static void run(TextModel model, BatchingHints batching, int maxLength)
      throws PredictionException {
    List<Integer> edges = batching.lengthBuckets();
    int[] lengths =
        IntStream.of(0, edges.size() / 2, edges.size() - 1)
            .map(i -> Math.min(edges.get(i), maxLength))
            .distinct()
            .toArray();
    for (int length : lengths) {
      int rows = Math.min(batching.maxBatchSize(), batching.maxBatchTokens() / length);
      var unused = model.predict(List.of(TextItem.ofShape(rows, length)), new StopSignal());
    }
  }
}
