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
import org.junit.jupiter.api.Test;

final class ProblemResponsesTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ProblemResponses responses =
      new ProblemResponses(
          new HttpSettings(
              1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1_024, 1, Duration.ZERO),
          new IngressMetrics(registry));

  private MutableHttpResponse<Problem> respond(
      HttpRequest<?> request, Throwable cause, MutableHttpResponse<?> base) {
    return responses.processResponse(
        ErrorContext.builder(request).cause(cause).errorMessage("inside").build(), base);
  }

  @Test
  void unexpectedExceptionTellsNothingOfItself() {
    // When
    MutableHttpResponse<Problem> response =
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
    MutableHttpResponse<Problem> response =
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
    MutableHttpResponse<Problem> response =
        respond(HttpRequest.HEAD("/v1/nope"), new IllegalStateException(), HttpResponse.notFound());

    // Then
    assertThat(response.code()).isEqualTo(404);
    assertThat(response.getBody()).isEmpty();
  }
}
