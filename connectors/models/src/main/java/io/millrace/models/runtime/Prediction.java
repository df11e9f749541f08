package io.millrace.models.runtime;

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
 */
public record Prediction(
    List<Tensor> outputs,
    Duration batchWait,
    Duration batchTime,
    int batchSize,
    int tokens,
    int paddedTokens) {

  public Prediction {
    outputs = List.copyOf(outputs);
  }
}
