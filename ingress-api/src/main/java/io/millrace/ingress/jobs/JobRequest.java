package io.millrace.ingress.jobs;

import io.millrace.ingress.protocol.TensorView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a submission, as the API's description shows it; it is read as a stream. */
@Schema(
    name = "InferenceRequest",
    description = "An inference request of the Open Inference Protocol.",
    example =
        """
        {"inputs": [{"name": "text", "datatype": "BYTES", "shape": [1],
         "data": ["where is my parcel?"]}]}""")
record JobRequest(
    @Schema(nullable = true, description = "Allowed by the protocol; a job has an id of its own.")
        @Nullable String id,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "The input tensors, each with a name of its own.")
        List<TensorView> inputs,
    @Schema(
            nullable = true,
            additionalProperties = Schema.AdditionalPropertiesValue.TRUE,
            description = "Parameters of the model: booleans, numbers and strings by name.")
        @Nullable Map<String, Object> parameters,
    @Schema(nullable = true, description = "The wanted outputs; without it all of them.")
        @Nullable List<Output> outputs) {

  /** A wanted output. */
  @Schema(name = "RequestedOutput", description = "A wanted output.")
  record Output(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "label") String name) {}
}
