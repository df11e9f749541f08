package io.millrace.ingress.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.Candidate;
import io.millrace.schemas.avro.ModelMetadata;
import io.millrace.schemas.avro.TensorMetadata;
import io.millrace.schemas.avro.Traffic;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A registered version of a model as the API shows it.
 *
 * @param role {@code production}, {@code candidate}, {@code shadow} or {@code fallback}; null when
 *     the deployment does not use it
 * @param labels of a classifier, in the order of its scores
 * @param baseline metrics on held-out rows by name
 */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(
    description =
        "A registered version of a model. It never changes, but for its role and aliases.")
record RegisteredVersion(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "support-desk") String model,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "1.0.0") String version,
    @Schema(
            nullable = true,
            type = "string",
            allowableValues = {"production", "candidate", "shadow", "fallback"},
            description =
                "What the deployment uses it for; null for nothing. A candidate that only answers"
                    + " unseen is a shadow.",
            example = "production")
        @Nullable String role,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "What the outputs mean.",
            example = "text-classification")
        String task,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "As the Open Inference Protocol names it.",
            example = "onnxruntime_onnx")
        String platform,
    List<SignatureTensor> inputs,
    List<SignatureTensor> outputs,
    @ArraySchema(
            arraySchema =
                @Schema(description = "Of a classifier, in the order of its scores; else none."),
            schema = @Schema(type = "string", example = "delivery"))
        List<String> labels,
    @Schema(
            description = "Metrics on held-out rows by name; empty when none were measured.",
            example = "{\"accuracy\": 0.93, \"rows\": 500}")
        Map<String, Double> baseline,
    @JsonProperty("size_bytes")
        @Schema(
            nullable = true,
            description = "Bytes of all files of the package; null when unknown.",
            example = "23456789")
        @Nullable Long sizeBytes,
    @ArraySchema(
            arraySchema = @Schema(description = "Names that point at this version now."),
            schema = @Schema(type = "string", example = "champion"))
        List<String> aliases,
    @JsonProperty("registered_at")
        @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            type = "string",
            format = "date-time",
            description = "When it was registered.")
        Instant registeredAt) {

  RegisteredVersion {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    labels = List.copyOf(labels);
    baseline = new TreeMap<>(baseline);
    aliases = List.copyOf(aliases);
  }

  static RegisteredVersion of(ModelMetadata version, @Nullable DeploymentState state) {
    return new RegisteredVersion(
        version.getModel(),
        version.getVersion(),
        role(version.getVersion(), state),
        version.getTask(),
        version.getPlatform(),
        version.getInputs().stream().map(SignatureTensor::of).toList(),
        version.getOutputs().stream().map(SignatureTensor::of).toList(),
        version.getLabels(),
        version.getBaseline(),
        version.getSizeBytes(),
        version.getAliases(),
        version.getRegisteredAt());
  }

  private static @Nullable String role(String version, @Nullable DeploymentState state) {
    if (state == null) {
      return null;
    }
    Traffic traffic = state.traffic();
    if (version.equals(traffic.getVersion())) {
      return "production";
    }
    Candidate candidate = state.effective().getCandidate();
    if (version.equals(traffic.getCandidate())
        || (candidate != null && version.equals(candidate.getVersion()))) {
      return traffic.getShadowShare() > 0 && traffic.getWeight() == 0 ? "shadow" : "candidate";
    }
    return version.equals(state.effective().getFallbackVersion()) ? "fallback" : null;
  }

  /**
   * A tensor of a signature.
   *
   * @param shape dimensions; -1 for one that varies
   */
  @Serdeable.Serializable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "SignatureTensor", description = "A tensor of a model's signature.")
  record SignatureTensor(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "text") String name,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "BYTES") String datatype,
      @ArraySchema(
              arraySchema = @Schema(description = "Dimensions; -1 for one that varies."),
              schema = @Schema(type = "integer", format = "int64", example = "-1"))
          List<Long> shape) {

    SignatureTensor {
      shape = List.copyOf(shape);
    }

    static SignatureTensor of(TensorMetadata tensor) {
      return new SignatureTensor(tensor.getName(), tensor.getDatatype().name(), tensor.getShape());
    }
  }
}
