package io.millrace.models.onnx;

import io.millrace.models.PreparedItem;
import io.millrace.schemas.avro.Tensor;
import java.util.List;

/**
 * The checked tensors of one request. There are no tokens: each row counts as one.
 *
 * @param inputs in the order of the signature
 * @param rows the first dimension of all of them, or 1 where requests do not share calls
 */
record TensorItem(List<Tensor> inputs, int rows) implements PreparedItem {

  TensorItem {
    inputs = List.copyOf(inputs);
  }

  /** Dimensions after the first of each input: only rows of one size fit into one call. */
  List<List<Long>> rowShapes() {
    return inputs.stream()
        .map(
            input ->
                input
                    .getShape()
                    .subList(Math.min(1, input.getShape().size()), input.getShape().size()))
        .toList();
  }

  @Override
  public int tokens() {
    return rows;
  }

  @Override
  public int length() {
    return 1;
  }
}
