package io.millrace.models.runtime;

import io.millrace.models.Features;
import io.millrace.schemas.avro.Tensor;
import java.time.Duration;
import java.util.List;

/**
 * The answer to one item and the model call that made it.
 *
 * @param outputs named tensors, as the model's signature lists them
 * @param batchWait from submitted to the start of the model call
 * @param batchTime wall time of the model call
 * @param batchSize items in the batch
 * @param tokens tokens of this item, without padding
 * @param paddedTokens tokens of this item as it ran, with padding
 * @param features one a row of the item; empty when the version declares none
 */
public record Prediction(
    List<Tensor> outputs,
    Duration batchWait,
    Duration batchTime,
    int batchSize,
    int tokens,
    int paddedTokens,
    List<Features> features) {

  public Prediction {
    outputs = List.copyOf(outputs);
    features = List.copyOf(features);
  }

  /** The answer of a version that declares no features. */
  public Prediction(
      List<Tensor> outputs,
      Duration batchWait,
      Duration batchTime,
      int batchSize,
      int tokens,
      int paddedTokens) {
    this(outputs, batchWait, batchTime, batchSize, tokens, paddedTokens, List.of());
  }
}
