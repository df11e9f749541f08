package io.millrace.ingress.v2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.ingress.protocol.TensorView;
import io.millrace.schemas.avro.Tensor;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An output of a model, which has either data or parameters.
 *
 * @param parameters null when the data is here
 * @param data the elements, flat and row-major; null when they follow behind the JSON
 */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "An output of a model.")
record InferOutput(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "label") String name,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "BYTES") String datatype,
    @JsonInclude(JsonInclude.Include.ALWAYS)
        @ArraySchema(
            arraySchema = @Schema(description = "Row-major dimensions.", example = "[1]"),
            schema = @Schema(type = "integer", format = "int64"))
        List<Long> shape,
    @Schema(type = "object", nullable = true) @Nullable Parameters parameters,
    @JsonInclude(JsonInclude.Include.NON_NULL)
        @ArraySchema(
            arraySchema =
                @Schema(
                    description =
                        "The elements, row-major; absent when they follow behind the JSON.",
                    example = "[\"delivery\"]"),
            schema = @Schema(ref = "#/components/schemas/TensorElement"))
        @Nullable List<Object> data) {

  /**
   * What is said of an output whose data follows behind the JSON.
   *
   * @param binaryDataSize bytes
   */
  @Serdeable.Serializable
  @Schema(description = "Of an output whose data follows behind the JSON.")
  record Parameters(
      @JsonProperty("binary_data_size")
          @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              description = "How many bytes follow.",
              example = "1536")
          int binaryDataSize) {}

  /** With its data in the JSON. */
  static InferOutput inJson(Tensor tensor) {
    TensorView view = TensorView.of(tensor);
    return new InferOutput(view.name(), view.datatype(), view.shape(), null, view.data());
  }

  /** With its data behind the JSON. */
  static InferOutput behindJson(Tensor tensor) {
    return new InferOutput(
        tensor.getName(),
        tensor.getDatatype().name(),
        tensor.getShape(),
        new Parameters(tensor.getData().remaining()),
        null);
  }
}
