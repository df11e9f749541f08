package io.millrace.models;

import io.millrace.schemas.avro.Tensor;
import java.util.List;

/**
 * What a model made of one item.
 *
 * @param outputs named tensors, as the model's signature lists them
 * @param features one a row of the item; empty when the version declares none
 */
public record Answer(List<Tensor> outputs, List<Features> features) {

  public Answer {
    outputs = List.copyOf(outputs);
    features = List.copyOf(features);
  }

  /** An answer of a model that takes no features. */
  public static Answer of(List<Tensor> outputs) {
    return new Answer(outputs, List.of());
  }
}
