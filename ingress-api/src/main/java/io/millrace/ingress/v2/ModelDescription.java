package io.millrace.ingress.v2;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.ModelMetadata;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * The metadata of a model.
 *
 * @param versions those that may be asked for
 */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "ModelMetadata", description = "The signature of a model.")
record ModelDescription(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "support-desk") String name,
    @ArraySchema(
            arraySchema = @Schema(description = "The versions that may be asked for."),
            schema = @Schema(type = "string", example = "1.0.0"))
        List<String> versions,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "onnxruntime_onnx")
        String platform,
    List<TensorDescription> inputs,
    List<TensorDescription> outputs) {

  ModelDescription {
    versions = List.copyOf(versions);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  static ModelDescription of(ModelMetadata model, List<String> versions) {
    return new ModelDescription(
        model.getModel(),
        versions,
        model.getPlatform(),
        model.getInputs().stream().map(TensorDescription::of).toList(),
        model.getOutputs().stream().map(TensorDescription::of).toList());
  }
}
