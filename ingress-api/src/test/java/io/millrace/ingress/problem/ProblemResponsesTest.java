package io.millrace.ingress.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.millrace.ingress.HttpSettings;
import io.millrace.ingress.operations.IngressMetrics;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProblemResponsesTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ProblemResponses responses =
      new ProblemResponses(
          new HttpSettings(
              1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1_024, 1, Duration.ZERO),
          new IngressMetrics(registry));

  private MutableHttpResponse<Object> respond(
      HttpRequest<?> request, Throwable cause, MutableHttpResponse<?> base) {
    return responses.processResponse(
        ErrorContext.builder(request).cause(cause).errorMessage("inside").build(), base);
  }

  @Test
  void unexpectedExceptionTellsNothingOfItself() {
    // When
    MutableHttpResponse<Object> response =
        respond(
            HttpRequest.GET("/v1/models"),
            new IllegalStateException("password=1234"),
            HttpResponse.serverError());

    // Then
    assertThat(response.code()).isEqualTo(500);
    assertThat(response.getContentType()).hasToString("Optional[application/problem+json]");
    assertThat(response.body())
        .isEqualTo(
            new Problem(
                "urn:millrace:problem:internal",
                "Internal error",
                500,
                "The request failed for a reason of the server's own; it is logged.",
                "/v1/models",
                List.of()));
  }

  @Test
  void refusalOfASubmissionIsCountedByItsKind() {
    // When
    MutableHttpResponse<Object> response =
        respond(
            HttpRequest.POST("/v1/models/m/jobs", ""),
            new ProblemException(ProblemType.OVERLOADED, "Full."),
            HttpResponse.serverError());

    // Then
    assertThat(response.code()).isEqualTo(503);
    assertThat(response.getHeaders().get("Retry-After")).isEqualTo("1");
    assertThat(registry.get("millrace.jobs.refused").tag("reason", "overloaded").counter().count())
        .isEqualTo(1);
  }

  @Test
  void answerToHeadHasNoBody() {
    // When
    MutableHttpResponse<Object> response =
        respond(HttpRequest.HEAD("/v1/nope"), new IllegalStateException(), HttpResponse.notFound());

    // Then
    assertThat(response.code()).isEqualTo(404);
    assertThat(response.getBody()).isEmpty();
  }

  @Test
  void errorOfTheInferenceProtocolIsOneTextWithAllThatIsWrong() {
    // When
    MutableHttpResponse<Object> response =
        respond(
            HttpRequest.POST("/v2/models/m/infer", ""),
            ProblemException.invalid(
                List.of(
                    new Violation("/inputs/0/data/1", "expected true or false"),
                    new Violation("/extra", "unknown member"))),
            HttpResponse.serverError());

    // Then
    assertThat(response.code()).isEqualTo(400);
    assertThat(response.getContentType()).hasToString("Optional[application/json]");
    assertThat(response.body())
        .isEqualTo(
            new InferenceProblem(
                "The body has 2 errors. /inputs/0/data/1: expected true or false."
                    + " /extra: unknown member."));
  }

  @Test
  void errorOfOpenAiNamesTheFirstMemberAtFault() {
    // When
    MutableHttpResponse<Object> response =
        respond(
            HttpRequest.POST("/v1/embeddings", ""),
            ProblemException.invalid(
                List.of(
                    new Violation("/input/1", "expected a string"),
                    new Violation("/model", "expected a string"))),
            HttpResponse.serverError());

    // Then
    assertThat(response.code()).isEqualTo(400);
    assertThat(response.getContentType()).hasToString("Optional[application/json]");
    assertThat(response.body())
        .isEqualTo(
            openAi(
                "input[1]: expected a string. model: expected a string.",
                "invalid_request_error",
                "input[1]",
                "invalid_request"));
  }

  @ParameterizedTest
  @CsvSource({
    "UNAUTHENTICATED, 401, authentication_error, , invalid_api_key",
    "FORBIDDEN, 403, permission_error, , forbidden",
    "UNKNOWN_MODEL, 404, invalid_request_error, model, model_not_found",
    "TOO_LARGE, 413, invalid_request_error, , too_large",
    "QUOTA_EXCEEDED, 429, rate_limit_error, , rate_limit_exceeded",
    "QUEUE_FULL, 503, server_error, , queue_full",
    "INTERNAL, 500, server_error, , internal"
  })
  void errorOfOpenAiHasTheFamilyThatItsClientsKnow(
      ProblemType problem, int status, String type, String param, String code) {
    // When
    MutableHttpResponse<Object> response =
        respond(
            HttpRequest.POST("/v1/embeddings", ""),
            new ProblemException(problem, "No."),
            HttpResponse.serverError());

    // Then
    assertThat(response.code()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(openAi("No.", type, param, code));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v2", "/v2/models/m/infer", "/v1/embeddings", "/v1/models"})
  void whenToAskAgainIsSaidOnEachSurface(String path) {
    // When
    MutableHttpResponse<Object> response =
        respond(
            HttpRequest.GET(path),
            ProblemException.retry(ProblemType.QUOTA_EXCEEDED, "Slower.", Duration.ofMillis(2_500)),
            HttpResponse.serverError());

    // Then
    assertThat(response.code()).isEqualTo(429);
    assertThat(response.getHeaders().get("Retry-After")).isEqualTo("3");
  }

  @ParameterizedTest
  @CsvSource({
    "/v2, Inference",
    "/v2/nope, Inference",
    "/v20, Native",
    "/v1/embeddings, OpenAi",
    "/v1/embeddings/, OpenAi",
    "/v1/embeddingsx, Native",
    "/v1/models, Native",
    "/, Native"
  })
  void surfaceFollowsFromThePath(String path, String surface) {
    assertThat(Surface.of(path).getClass().getSimpleName()).contains(surface);
  }

  private static OpenAiProblem openAi(
      String message, String type, @Nullable String param, String code) {
    return new OpenAiProblem(new OpenAiProblem.Description(message, type, param, code));
  }
}
