package io.millrace.ingress.protocol;

import io.millrace.schemas.avro.Tensor;
import java.util.List;
import java.util.Map;

/**
 * What a client sent to be inferred.
 *
 * @param inputs the input tensors, at least one, each with a name of its own
 * @param parameters parameters of the model: a Boolean, Long, Double or String each
 * @param outputs names of the wanted outputs; none means all
 */
public record InferenceRequest(
    List<Tensor> inputs, Map<String, Object> parameters, List<String> outputs) {

  public InferenceRequest {
    inputs = List.copyOf(inputs);
    parameters = Map.copyOf(parameters);
    outputs = List.copyOf(outputs);
  }
}
