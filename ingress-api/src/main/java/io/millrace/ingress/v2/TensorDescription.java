package io.millrace.ingress.v2;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.TensorMetadata;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * A tensor of a model's signature.
 *
 * @param shape dimensions; -1 for one that varies
 */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "TensorMetadata", description = "A tensor of a model's signature.")
record TensorDescription(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "text") String name,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "BYTES") String datatype,
    @ArraySchema(
            arraySchema = @Schema(description = "Dimensions; -1 for one that varies."),
            schema = @Schema(type = "integer", format = "int64", example = "-1"))
        List<Long> shape) {

  TensorDescription {
    shape = List.copyOf(shape);
  }

  static TensorDescription of(TensorMetadata tensor) {
    return new TensorDescription(tensor.getName(), tensor.getDatatype().name(), tensor.getShape());
  }
}
