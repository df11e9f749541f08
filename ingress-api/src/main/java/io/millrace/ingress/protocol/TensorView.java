package io.millrace.ingress.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.TensorValues;
import io.millrace.schemas.avro.Tensor;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * A tensor as the protocol's JSON shows it.
 *
 * @param data the elements, flat and row-major: booleans, numbers or strings
 */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Tensor", description = "A tensor of the Open Inference Protocol.")
public record TensorView(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "text") String name,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            example = "BYTES",
            type = "string",
            allowableValues = {
              "BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64",
              "FP16", "FP32", "FP64", "BYTES"
            })
        String datatype,
    @ArraySchema(
            arraySchema = @Schema(description = "Row-major dimensions.", example = "[1]"),
            schema = @Schema(type = "integer", format = "int64"))
        List<Long> shape,
    @ArraySchema(
            arraySchema =
                @Schema(
                    description =
                        "The elements, row-major: booleans, numbers or strings, flat or in arrays"
                            + " nested as the shape says. Answers are flat.",
                    example = "[\"where is my parcel?\"]"),
            schema = @Schema(ref = "#/components/schemas/TensorElement"))
        List<Object> data) {

  public TensorView {
    shape = List.copyOf(shape);
    data = List.copyOf(data);
  }

  /**
   * Shows a tensor.
   *
   * @throws IllegalArgumentException when its data does not fit its datatype and shape
   */
  public static TensorView of(Tensor tensor) {
    return new TensorView(
        tensor.getName(), tensor.getDatatype().name(), tensor.getShape(), TensorValues.of(tensor));
  }
}
