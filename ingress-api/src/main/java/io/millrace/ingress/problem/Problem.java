package io.millrace.ingress.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * An error as RFC 9457 says it.
 *
 * @param type the kind of error, a URI to compare with, not to follow
 * @param title the kind for people
 * @param status the HTTP status
 * @param detail what happened this time and what was expected
 * @param instance the path that was asked for
 * @param errors what is wrong with the body, where that is known; never all of an endless list
 */
@Serdeable
@Schema(description = "An error as RFC 9457 problem details.")
public record Problem(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            example = "urn:millrace:problem:invalid-request")
        String type,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "Invalid request") String title,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "422") int status,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "The body has 1 error.")
        String detail,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "/v1/models/support-desk/jobs")
        String instance,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) @Schema(nullable = true) List<Violation> errors) {

  /** The media type of a problem. */
  public static final String MEDIA_TYPE = "application/problem+json";

  public Problem {
    errors = List.copyOf(errors);
  }

  /** What a refusal says. */
  public static Problem of(ProblemException refusal, String instance) {
    ProblemType type = refusal.type();
    return new Problem(
        type.uri().toString(),
        type.title(),
        type.status().getCode(),
        refusal.detail(),
        instance,
        refusal.violations());
  }
}
