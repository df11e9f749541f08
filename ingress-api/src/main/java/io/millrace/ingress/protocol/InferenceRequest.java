package io.millrace.ingress.protocol;

import io.millrace.schemas.avro.Priority;
import io.millrace.schemas.avro.Tensor;
import io.millrace.schemas.avro.Webhook;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client sent to be inferred.
 *
 * @param inputs the input tensors, at least one, each with a name of its own
 * @param parameters parameters of the model: a Boolean, Long, Double or String each
 * @param outputs names of the wanted outputs; none means all
 * @param priority who goes first
 * @param deadline when the answer is of no use any more, in whole ms; null for never
 * @param allowStale whether an old answer is better than a failure
 * @param affinity requests of one affinity get the same version; null for that of the job
 * @param webhook who is told when the job has ended; null for nobody
 */
public record InferenceRequest(
    List<Tensor> inputs,
    Map<String, Object> parameters,
    List<String> outputs,
    Priority priority,
    @Nullable Instant deadline,
    boolean allowStale,
    @Nullable String affinity,
    @Nullable Webhook webhook) {

  public InferenceRequest {
    inputs = List.copyOf(inputs);
    parameters = Map.copyOf(parameters);
    outputs = List.copyOf(outputs);
  }

  /** A request without any wishes of its own. */
  public static InferenceRequest of(
      List<Tensor> inputs, Map<String, Object> parameters, List<String> outputs) {
    return new InferenceRequest(
        inputs, parameters, outputs, Priority.NORMAL, null, false, null, null);
  }

  InferenceRequest withParameters(Map<String, Object> others) {
    return new InferenceRequest(
        inputs, others, outputs, priority, deadline, allowStale, affinity, webhook);
  }
}
