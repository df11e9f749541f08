package io.millrace.ingress;

import static io.millrace.ingress.ApiClient.JOBS;
import static io.millrace.ingress.ApiClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.ingress.ApiClient.Answer;
import io.millrace.schemas.Topic;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starting and stopping. */
@ExtendWith(SharedStack.class)
final class LifecycleIT {

  private final TestStack stack;

  LifecycleIT(SharedStack.Running running) {
    this.stack = running.stack();
  }

  @ParameterizedTest
  @CsvSource({
    "millrace.http.max-in-flight, 0, 'millrace.http.max-in-flight: expected a number from 1 to'",
    "millrace.http.max-wait, 2m, 'millrace.http.max-wait: expected a duration from 0s to 60s'",
    "millrace.http.worker-threads, many, 'millrace.http.worker-threads: expected a number'",
    "millrace.http.max-wait, soon, 'millrace.http.max-wait: expected a duration'",
    "millrace.http.max-weight, 1, 'millrace.http.max-weight: unknown key, expected one of'",
    "millrace.kafka.delivery-timeout, 10ms, 'millrace.kafka.delivery-timeout: expected a duration'",
    "millrace.kafka.bootstrap-servers, ' ', 'millrace.kafka.bootstrap-servers: expected host:port'",
    "millrace.redis.uri, http://secret@x, 'millrace.redis.uri: expected redis://host:port'",
    "millrace.redis.result-ttl, 1s, 'millrace.redis.result-ttl: expected a duration from 60s'",
    "millrace.access.keys-file, ' ', 'millrace.access.keys-file: expected the file of the API keys'",
    "millrace.access.keys-file, /no/keys.yaml, 'keys file /no/keys.yaml: there is no such file'",
    "micronaut.server.host, 0.0.0.0, 'millrace.access.keys-file: expected the file of the API keys, since micronaut.server.host is 0.0.0.0'",
    "micronaut.server.host, ' ', 'millrace.access.keys-file: expected the file of the API keys'",
    "micronaut.server.netty.listeners.other.port, 0, 'millrace.access.keys-file: expected the file of the API keys, since micronaut.server.netty.listeners.other.host is not set'"
  })
  void settingOutOfItsRangeIsRefusedByName(String key, String value, String message) {
    assertThatThrownBy(() -> stack.server(Map.of(key, value)).close())
        .isInstanceOf(IngressStartException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret");
  }

  @Test
  void serverLivesWithoutKafkaButIsNotReady() throws Exception {
    // Given
    try (IngressServer server =
        stack.server(Map.of("millrace.kafka.bootstrap-servers", "127.0.0.1:1"))) {
      ApiClient client = new ApiClient(server.uri());

      // When
      Answer ready = client.get("/health/ready");

      // Then
      assertThat(client.get("/health/live").status()).isEqualTo(200);
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.json().at("/checks/kafka").asText()).isEqualTo("does not answer");
      assertThat(ready.json().at("/checks/deployments").asText()).contains("model.deployments");
      client.post(JOBS, text("x")).problem(503, "starting");
    }
  }

  @Test
  void stoppingAnswersWhoWaits() throws Exception {
    // Given
    IngressServer server = stack.server(Map.of());
    ApiClient client = new ApiClient(server.uri());
    SharedStack.Running.awaitReady(client);
    CompletableFuture<Answer> waiting =
        CompletableFuture.supplyAsync(() -> submit(client, "wait=60"));
    await().until(() -> client.metric("millrace_jobs_waiting") == 1.0);

    // When
    server.close();

    // Then
    assertThat(waiting.get(10, TimeUnit.SECONDS).status()).isEqualTo(202);
    assertThatThrownBy(() -> client.get("/health/live")).isInstanceOf(IOException.class);
  }

  @Test
  void stoppingSendsWhatIsOnItsWay() throws Exception {
    // Given
    IngressServer server = stack.server(Map.of("millrace.kafka.linger", "500ms"));
    ApiClient client = new ApiClient(server.uri());
    SharedStack.Running.awaitReady(client);
    long before = requestsInTheLog();
    CompletableFuture<Answer> submitted = CompletableFuture.supplyAsync(() -> submit(client, ""));
    await().until(() -> client.metric("millrace_http_in_flight") == 1.0);

    // When
    server.close();

    // Then
    assertThat(submitted.get(10, TimeUnit.SECONDS).status()).isEqualTo(202);
    assertThat(requestsInTheLog()).isEqualTo(before + 1);
  }

  private static Answer submit(ApiClient client, String preference) {
    try {
      return client.post(JOBS, text("never"), "Prefer", preference);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private long requestsInTheLog() {
    TopicPartition partition = new TopicPartition(Topic.REQUESTS.name(), 0);
    try (Consumer<byte[], byte[]> requests = stack.requests()) {
      return requests.endOffsets(Set.of(partition)).values().iterator().next();
    }
  }
}
