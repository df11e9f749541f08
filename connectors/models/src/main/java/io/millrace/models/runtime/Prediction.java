package io.millrace.models.runtime;

import io.millrace.models.Features;
import io.millrace.schemas.avro.Tensor;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one item and the model call that made it.
 *
 * @param outputs named tensors, as the model's signature lists them
 * @param batchWait from submitted to the start of the model call
 * @param batchTime wall time of the model call
 * @param batchSize items in the batch
 * @param tokens tokens of this item, without padding
 * @param paddedTokens tokens of this item as it ran, with padding
 * @param computeTime this item's part of {@code batchTime}, by its padded tokens
 * @param aloneTime what a model call for this item alone would have taken: {@code batchTime} of an
 *     item that was alone, else by {@link CallCost}; null while the version has had too few calls
 * @param features one a row of the item; empty when the version declares none
 */
public record Prediction(
    List<Tensor> outputs,
    Duration batchWait,
    Duration batchTime,
    int batchSize,
    int tokens,
    int paddedTokens,
    Duration computeTime,
    @Nullable Duration aloneTime,
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
      int paddedTokens,
      Duration computeTime,
      @Nullable Duration aloneTime) {
    this(
        outputs,
        batchWait,
        batchTime,
        batchSize,
        tokens,
        paddedTokens,
        computeTime,
        aloneTime,
        List.of());
  }
}
