package io.millrace.ingress.rollouts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.ModelEvaluation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a candidate did against the version in production, as the API shows it. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "How a candidate did against the version in production on labelled data.")
record Evaluation(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            example = "019ab0c4-6f5e-7c31-b1c5-2f7d0a9d3e11")
        String id,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "1.1.0") String candidate,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "1.0.0") String production,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "Whether every limit held.")
        boolean passed,
    @ArraySchema(
            arraySchema = @Schema(description = "The limits that did not, for people."),
            schema = @Schema(type = "string", example = "accuracy fell by 0.03, at most 0.01"))
        List<String> failures,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "The labelled file's name.",
            example = "banking77-test.csv")
        String data,
    @JsonProperty("data_sha256")
        @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            example = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        String dataSha256,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "3080") long rows,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "By name.",
            example = "{\"accuracy_candidate\": 0.93, \"accuracy_production\": 0.92}")
        Map<String, Double> metrics,
    @JsonProperty("created_at")
        @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            type = "string",
            format = "date-time",
            description = "When it was made.")
        Instant createdAt) {

  Evaluation {
    failures = List.copyOf(failures);
    metrics = new TreeMap<>(metrics);
  }

  static Evaluation of(ModelEvaluation evaluation) {
    return new Evaluation(
        evaluation.getId(),
        evaluation.getCandidate(),
        evaluation.getProduction(),
        evaluation.getPassed(),
        evaluation.getFailures(),
        evaluation.getData(),
        evaluation.getDataSha256(),
        evaluation.getRows(),
        evaluation.getMetrics(),
        evaluation.getCreatedAt());
  }
}
