package io.millrace.ingress.jobs;

import io.millrace.ingress.protocol.TensorView;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a submission, as the API's description shows it; it is read as a stream. */
@Schema(
    name = "InferenceRequest",
    description = "An inference request of the Open Inference Protocol, and how urgent it is.",
    example =
        """
        {"inputs": [{"name": "text", "datatype": "BYTES", "shape": [1],
         "data": ["where is my parcel?"]}], "priority": "high", "allow_stale": true}""")
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
        @Nullable List<Output> outputs,
    @Schema(
            nullable = true,
            type = "string",
            allowableValues = {"high", "normal", "low"},
            defaultValue = "normal",
            description =
                "Who goes first when jobs wait for a model; the lower ones still get their share.")
        @Nullable String priority,
    @Schema(
            nullable = true,
            type = "string",
            format = "date-time",
            description =
                "When the answer is of no use any more, in RFC 3339, in the future: a job that has"
                    + " not run by then expires.",
            example = "2030-01-31T12:00:00Z")
        @Nullable String deadline,
    @Schema(
            name = "allow_stale",
            nullable = true,
            defaultValue = "false",
            description =
                "Whether the last good answer to the same content, of whatever age and version, is"
                    + " better than a failure.")
        @Nullable Boolean allowStale,
    @Schema(
            nullable = true,
            minLength = 1,
            maxLength = 200,
            description = "Jobs of one affinity get the same version while a rollout runs.",
            example = "customer-4711")
        @Nullable String affinity,
    @Schema(type = "object", nullable = true, description = "Who is told when the job has ended.")
        @Nullable Hook webhook) {

  /** An endpoint that is told of the job's end. */
  @Schema(name = "Webhook", description = "An endpoint that is told of the job's end.")
  record Hook(
      @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              description = "An absolute http or https URL.",
              maxLength = 2048,
              example = "https://example.com/hooks/jobs")
          String url,
      @ArraySchema(
              arraySchema =
                  @Schema(nullable = true, description = "The wanted events; without it all."),
              schema =
                  @Schema(
                      type = "string",
                      allowableValues = {
                        "job.succeeded",
                        "job.failed",
                        "job.cancelled",
                        "job.expired"
                      },
                      example = "job.succeeded"))
          @Nullable List<String> events) {}

  /** A wanted output. */
  @Schema(name = "RequestedOutput", description = "A wanted output.")
  record Output(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "label") String name) {}
}
