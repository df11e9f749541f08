package io.millrace.ingress;

import static io.millrace.ingress.ApiClient.JOBS;
import static io.millrace.ingress.ApiClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.ingress.ApiClient.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka or Redis is away, and comes back. */
final class OutageIT {

  private static TestStack stack;
  private static IngressServer server;
  private static ApiClient client;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    stack = TestStack.start(directory);
    server = stack.server(Map.of("millrace.kafka.delivery-timeout", "1s"));
    client = new ApiClient(server.uri());
    SharedStack.Running.awaitReady(client);
  }

  @AfterAll
  static void stop() {
    server.close();
    stack.close();
  }

  @Test
  void withoutKafkaNothingIsAccepted() throws Exception {
    // Given
    assertThat(client.post(JOBS, text("before")).status()).isEqualTo(202);
    stack.stopKafka();
    try {
      // When
      Answer answer = client.post(JOBS, text("meanwhile"), "Prefer", "wait=1");

      // Then
      answer.problem(503, "log-unavailable");
      Answer change =
          client.send(
              client
                  .request("/v1/models/support-desk/deployment", "If-Match", "\"1\"")
                  .header("Content-Type", "application/json")
                  .PUT(BodyPublishers.ofString("{\"version\":\"1.0.0\"}")));
      change.problem(503, "log-unavailable");
      assertThat(client.get("/v1/models/support-desk/deployment").status()).isEqualTo(200);
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                Answer ready = client.get("/health/ready");
                assertThat(ready.status()).isEqualTo(503);
                assertThat(ready.json().at("/checks/kafka").asText()).isEqualTo("does not answer");
                assertThat(ready.json().at("/checks/redis").asText()).isEqualTo("ok");
              });
      assertThat(client.get("/health/live").status()).isEqualTo(200);
      assertThat(client.metric("millrace_http_in_flight")).isZero();
    } finally {
      stack.startKafka();
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(client.post(JOBS, text("after")).status()).isEqualTo(202));
    SharedStack.Running.awaitReady(client);
  }

  @Test
  void withoutRedisJobsAreAcceptedButNotRead() throws Exception {
    // Given
    String earlier = client.post(JOBS, text("before")).header("Location");
    stack.stopRedis();
    try {
      // When
      Answer submitted = client.post(JOBS, text("meanwhile"), "Prefer", "wait=1");
      Answer read = client.get(earlier, "Prefer", "wait=1");

      // Then
      assertThat(submitted.status()).as(submitted.response().body()).isEqualTo(202);
      read.problem(503, "results-unavailable");
      Answer ready = client.get("/health/ready");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.json().at("/checks/redis").asText()).isEqualTo("does not answer");
      assertThat(client.metric("millrace_job_store_failures_total")).isPositive();
      for (String reports : List.of("drift", "drift/label", "quality", "cost")) {
        client.get("/v1/models/support-desk/" + reports).problem(503, "reports-unavailable");
      }
      Answer rollout = client.get("/v1/models/support-desk/rollout");
      assertThat(rollout.status()).isEqualTo(200);
      assertThat(rollout.json().path("history")).isEmpty();
    } finally {
      stack.startRedis();
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(client.get("/health/ready").status()).isEqualTo(200));
    assertThat(client.post(JOBS, text("after")).status()).isEqualTo(202);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(client.get("/v1/models/support-desk/drift").status()).isEqualTo(200));
  }
}
