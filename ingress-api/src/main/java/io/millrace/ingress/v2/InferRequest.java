package io.millrace.ingress.v2;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of an inference request, as the API's description shows it; it is read as a stream. */
@Schema(
    name = "InferRequest",
    description =
        "An inference request of the Open Inference Protocol. With the header"
            + " Inference-Header-Content-Length, the raw data of the inputs that have a"
            + " binary_data_size follows behind this JSON, in their order. The native members"
            + " priority, deadline, allow_stale, affinity and webhook are allowed too.",
    example =
        """
        {"id": "42", "inputs": [{"name": "text", "datatype": "BYTES", "shape": [1],
         "data": ["where is my parcel?"]}], "outputs": [{"name": "label"}]}""")
record InferRequest(
    @Schema(nullable = true, description = "Comes back in the answer.", example = "42")
        @Nullable String id,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<Input> inputs,
    @Schema(
            nullable = true,
            additionalProperties = Schema.AdditionalPropertiesValue.TRUE,
            description =
                "Parameters of the model; binary_data_output: true asks for all outputs as raw"
                    + " data.",
            example = "{\"binary_data_output\": false}")
        @Nullable Map<String, Object> parameters,
    @Schema(nullable = true, description = "The wanted outputs; without it all of them.")
        @Nullable List<Output> outputs) {

  /** An input tensor. */
  @Schema(name = "InferInput", description = "An input tensor, with either data or a size.")
  record Input(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "text") String name,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "BYTES") String datatype,
      @ArraySchema(
              arraySchema =
                  @Schema(
                      requiredMode = Schema.RequiredMode.REQUIRED,
                      description = "Row-major dimensions.",
                      example = "[1]"),
              schema = @Schema(type = "integer", format = "int64"))
          List<Long> shape,
      @Schema(type = "object", nullable = true) @Nullable InputParameters parameters,
      @ArraySchema(
              arraySchema =
                  @Schema(
                      nullable = true,
                      description = "The elements, row-major, flat or nested as the shape says.",
                      example = "[\"where is my parcel?\"]"),
              schema = @Schema(ref = "#/components/schemas/TensorElement"))
          @Nullable List<Object> data) {}

  /** Parameters of an input tensor. */
  @Schema(name = "InferInputParameters", description = "Parameters of an input tensor.")
  record InputParameters(
      @Schema(
              name = "binary_data_size",
              nullable = true,
              description = "Bytes of raw data of this tensor behind the JSON.",
              example = "23")
          @Nullable Long binaryDataSize) {}

  /** A wanted output. */
  @Schema(name = "InferRequestedOutput", description = "A wanted output.")
  record Output(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "label") String name,
      @Schema(type = "object", nullable = true) @Nullable OutputParameters parameters) {}

  /** Parameters of a wanted output. */
  @Schema(name = "InferRequestedOutputParameters", description = "Parameters of a wanted output.")
  record OutputParameters(
      @Schema(
              name = "binary_data",
              nullable = true,
              description = "Whether it shall come as raw data.")
          @Nullable Boolean binaryData) {}
}
