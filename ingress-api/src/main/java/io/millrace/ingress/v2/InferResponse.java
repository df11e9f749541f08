package io.millrace.ingress.v2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an inference request.
 *
 * @param id what the client called its request; null when it did not
 * @param parameters the job and where its outputs come from
 */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "The outputs of a model.")
record InferResponse(
    @JsonProperty("model_name")
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "support-desk")
        String modelName,
    @JsonProperty("model_version")
        @Schema(description = "The version that answered.", example = "1.0.0")
        @Nullable String modelVersion,
    @Schema(description = "The id of the request, if it had one.", example = "42")
        @Nullable String id,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            additionalProperties = Schema.AdditionalPropertiesValue.TRUE,
            description = "The job, and where its outputs come from.",
            example =
                "{\"job_id\": \"019ab0c4-6f5e-7c31-b1c5-2f7d0a9d3e11\", \"origin\": \"computed\"}")
        Map<String, String> parameters,
    @JsonInclude(JsonInclude.Include.ALWAYS) List<InferOutput> outputs) {

  InferResponse {
    parameters = Map.copyOf(parameters);
    outputs = List.copyOf(outputs);
  }
}
