package io.millrace.models.onnx;

import io.millrace.models.PredictionException;
import io.millrace.models.StopSignal;
import io.millrace.models.packages.ModelManifest.BatchingHints;
import java.util.List;

/**
 * Runs a model before its first request, so that this finds code loaded and a model that cannot
 * answer is refused.
 *
 * <p>On a processor two rows of the shortest length bucket and one of the longest do that. Full
 * batches, at a third of the time of a load of MiniLM in 32-bit floats, made no first call of any
 * size faster by more than the noise of 5%, and what they took was taken from the versions that
 * answer. A GPU chooses its kernels by shape: it gets full batches of the shortest, the middle and
 * the longest bucket.
 */
final class WarmUp {

  private WarmUp() {}

  /** What one call of a warm-up runs: rows that are all of one length in tokens. */
  record Batch(int rows, int length) {}

  static void run(TextModel model, BatchingHints batching, int maxLength, boolean gpu)
      throws PredictionException {
    for (Batch batch : batches(batching, maxLength, gpu)) {
      var unused =
          model.predict(List.of(TextItem.ofShape(batch.rows(), batch.length())), new StopSignal());
    }
  }

  static List<Batch> batches(BatchingHints batching, int maxLength, boolean gpu) {
    List<Integer> edges = batching.lengthBuckets();
    int shortest = Math.min(edges.get(0), maxLength);
    int middle = Math.min(edges.get(edges.size() / 2), maxLength);
    int longest = Math.min(edges.get(edges.size() - 1), maxLength);
    List<Batch> batches =
        gpu
            ? List.of(full(batching, shortest), full(batching, middle), full(batching, longest))
            : List.of(
                new Batch(Math.min(2, full(batching, shortest).rows()), shortest),
                new Batch(1, longest));
    return batches.stream().distinct().toList();
  }

  private static Batch full(BatchingHints batching, int length) {
    return new Batch(Math.min(batching.maxBatchSize(), batching.maxBatchTokens() / length), length);
  }
}
