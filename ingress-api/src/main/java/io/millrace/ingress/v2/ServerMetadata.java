package io.millrace.ingress.v2;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What the server is. */
@Serdeable.Serializable
@Schema(description = "What the server is.")
record ServerMetadata(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "millrace") String name,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "0.1.0") String version,
    @ArraySchema(
            arraySchema = @Schema(description = "The extensions of the protocol that it knows."),
            schema = @Schema(type = "string", example = "binary_tensor_data"))
        List<String> extensions) {

  ServerMetadata {
    extensions = List.copyOf(extensions);
  }
}
