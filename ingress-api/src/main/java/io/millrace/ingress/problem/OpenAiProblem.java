package io.millrace.ingress.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An error as OpenAI's API says it. */
@Serdeable
@Schema(name = "OpenAiError", description = "An error of OpenAI's API.")
public record OpenAiProblem(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Description error) {

  private static final Pattern INDEX = Pattern.compile("/(\\d+)(?=/|$)");

  /**
   * What went wrong.
   *
   * @param message for people
   * @param type the family of errors, by OpenAI's names
   * @param param the member of the body at fault; null when there is none
   * @param code the kind of error
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "OpenAiErrorDescription", description = "What went wrong.")
  public record Description(
      @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              example = "input[1]: expected a string, found an integer.")
          String message,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "invalid_request_error")
          String type,
      @Schema(nullable = true, example = "input[1]") @Nullable String param,
      @Schema(nullable = true, example = "invalid_request") @Nullable String code) {}

  static OpenAiProblem of(ProblemType type, String message, @Nullable String param) {
    return new OpenAiProblem(
        new Description(
            message,
            family(type),
            type == ProblemType.UNKNOWN_MODEL && param == null ? "model" : param,
            code(type)));
  }

  /** {@code /input/1} as OpenAI writes it: {@code input[1]}; null for the whole body. */
  static @Nullable String param(String pointer) {
    if (pointer.isEmpty()) {
      return null;
    }
    return INDEX
        .matcher(pointer)
        .replaceAll("[$1]")
        .substring(1)
        .replace('/', '.')
        .replace("~1", "/")
        .replace("~0", "~");
  }

  private static String family(ProblemType type) {
    return switch (type) {
      case UNAUTHENTICATED -> "authentication_error";
      case FORBIDDEN -> "permission_error";
      case QUOTA_EXCEEDED -> "rate_limit_error";
      default -> type.status().getCode() < 500 ? "invalid_request_error" : "server_error";
    };
  }

  private static String code(ProblemType type) {
    return switch (type) {
      case UNAUTHENTICATED -> "invalid_api_key";
      case UNKNOWN_MODEL -> "model_not_found";
      case QUOTA_EXCEEDED -> "rate_limit_exceeded";
      default -> type.slug().replace('-', '_');
    };
  }
}
