package io.millrace.ingress;

import static io.millrace.ingress.ApiClient.JOBS;
import static io.millrace.ingress.ApiClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.ingress.ApiClient.Answer;
import io.millrace.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Health, metrics, the deployed models and the API's description. */
@ExtendWith(SharedStack.class)
final class OperationsIT {

  private final TestStack stack;
  private final ApiClient client;

  OperationsIT(SharedStack.Running running) {
    this.stack = running.stack();
    this.client = running.client();
  }

  @Test
  void healthSaysWhatWasLookedAt() throws Exception {
    // When
    Answer live = client.get("/health/live");
    Answer ready = client.get("/health/ready");

    // Then
    assertThat(live.response().body()).isEqualTo("{\"status\":\"up\"}");
    assertThat(ready.json().toString())
        .isEqualTo(
            "{\"status\":\"up\","
                + "\"checks\":{\"deployments\":\"ok\",\"kafka\":\"ok\",\"redis\":\"ok\"}}");
  }

  @Test
  void metricsHaveTheirNamesAndLabels() throws Exception {
    // Given
    client.post(JOBS, text("counted"));
    client.post(JOBS, "{}");

    // When
    Answer answer = client.get("/metrics");

    // Then
    assertThat(answer.header("Content-Type")).startsWith("text/plain");
    assertThat(answer.response().body())
        .containsPattern("millrace_http_accept_seconds_bucket\\{le=\"0.005\"\\} \\d")
        .containsPattern("millrace_http_accept_seconds_count \\d")
        .containsPattern("millrace_jobs_accepted_total\\{model=\"support-desk\"\\} [1-9]")
        .containsPattern("millrace_jobs_refused_total\\{reason=\"invalid-request\"\\} [1-9]")
        .contains("millrace_jobs_refused_total{reason=\"log-unavailable\"} 0.0")
        .contains("millrace_job_store_failures_total 0.0")
        .containsPattern("millrace_jobs_cancellations_total \\d")
        .containsPattern(
            "millrace_job_projection_lag_records\\{topic=\"inference.requests\"\\} \\d")
        .containsPattern("millrace_job_projection_lag_records\\{topic=\"inference.results\"\\} \\d")
        .containsPattern("millrace_job_projection_written_total\\{entry=\"accepted\"\\} \\d")
        .containsPattern("millrace_job_projection_written_total\\{entry=\"finished\"\\} \\d")
        .containsPattern("millrace_job_projection_starts_total \\d")
        .containsPattern("millrace_job_projection_skipped_total \\d")
        .contains("millrace_http_in_flight 0.0")
        .containsPattern("millrace_jobs_waiting \\d");
  }

  @Test
  void modelsFollowTheDeployments() throws Exception {
    // When
    stack.deploy("another", "2.0.0", 7);

    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(client.get("/v1/models").json().path("models").toString())
                    .contains(
                        "{\"name\":\"another\",\"version\":\"2.0.0\",\"candidate\":null,"
                            + "\"phase\":\"active\",\"paused\":false,\"fallback_version\":null,"
                            + "\"revision\":7,\"updated_at\":\"2026-11-01T10:00:00Z\","
                            + "\"versions\":[],\"production\":null}"));

    // When
    stack.write(Topic.DEPLOYMENTS, "broken", "no Avro".getBytes(StandardCharsets.UTF_8));
    stack.write(Topic.DEPLOYMENTS, "another", null);

    // Then
    await().untilAsserted(() -> client.get("/v1/models/another").problem(404, "unknown-model"));
    assertThat(client.get("/v1/models").json().path("models").toString()).doesNotContain("another");
  }

  @Test
  void descriptionSaysWhatASubmissionIs() throws Exception {
    // When
    Answer answer = client.get("/openapi.json");

    // Then
    JsonNode description = answer.json();
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(description.path("openapi").asText()).startsWith("3.");
    assertThat(description.path("servers").isEmpty()).isFalse();
    JsonNode submit = description.at("/paths/~1v1~1models~1{model}~1jobs/post");
    assertThat(submit.path("summary").asText()).isNotEmpty();
    assertThat(submit.path("responses").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "200", "202", "400", "401", "403", "404", "413", "415", "422", "429", "503");
    assertThat(description.at("/components/schemas/InferenceRequest/properties").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id",
            "inputs",
            "parameters",
            "outputs",
            "priority",
            "deadline",
            "allow_stale",
            "affinity",
            "webhook");
    assertThat(description.at("/paths/~1v1~1jobs~1{id}~1cancel/post/responses").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("200", "401", "403", "404", "409", "410", "503");
    assertThat(description.at("/components/securitySchemes").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("bearer", "apiKey");
    assertThat(description.path("security").findParents("bearer")).isNotEmpty();
    assertThat(submit.at("/requestBody/content/application~1json/schema/$ref").asText())
        .isEqualTo("#/components/schemas/InferenceRequest");
    assertThat(submit.at("/responses/422/content/application~1problem+json/schema/$ref").asText())
        .isEqualTo("#/components/schemas/Problem");
    assertThat(submit.path("parameters").findValuesAsText("$ref"))
        .containsExactly("#/components/parameters/Prefer", "#/components/parameters/Traceparent");
    assertThat(description.at("/components/schemas/Job/properties").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id",
            "status",
            "model",
            "version",
            "created_at",
            "started_at",
            "completed_at",
            "expires_at",
            "origin",
            "outputs",
            "error",
            "timings",
            "webhook",
            "urls");
  }

  @Test
  void descriptionNamesNoSchemaThatIsNotThere() throws Exception {
    // When
    JsonNode description = client.get("/openapi.json").json();

    // Then
    for (JsonNode reference : description.findValues("$ref")) {
      assertThat(description.at(reference.asText().substring(1)).isObject())
          .as(reference.asText())
          .isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/docs, text/html",
    "/docs/docs.js, javascript",
    "/docs/assets/swagger-ui-bundle.js, javascript",
    "/docs/assets/swagger-ui.css, text/css",
    "/docs/assets/favicon-32x32.png, image/png"
  })
  void pageAndItsAssetsAreServedFromHere(String path, String type) throws Exception {
    // When
    Answer answer = client.get(path);

    // Then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains(type);
  }

  @Test
  void pageLoadsNothingFromElsewhere() throws Exception {
    // When
    String page = client.get("/docs").response().body();

    // Then
    assertThat(Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(page).results())
        .isNotEmpty()
        .allSatisfy(link -> assertThat(link.group(1)).startsWith("/docs/"));
    assertThat(page).contains("default-src 'self'");
  }

  @Test
  void serverDoesNotSayWhatItIs() throws Exception {
    // When
    Answer answer = client.get("/health/live");

    // Then
    assertThat(answer.header("Server")).isEmpty();
  }
}
