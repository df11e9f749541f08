package io.millrace.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.ingress.ApiClient.Answer;
import io.millrace.ingress.deployments.DeploymentLog;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.Deployment;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers change deployments of one broker by compare-and-set. */
final class DeploymentLogIT {

  private static final int ROUNDS = 8;

  private static TestStack stack;
  private static List<IngressServer> servers;
  private static List<ApiClient> clients;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    stack = TestStack.start(directory);
    servers = List.of(stack.server(Map.of()), stack.server(Map.of()));
    clients = servers.stream().map(server -> new ApiClient(server.uri())).toList();
    clients.forEach(SharedStack.Running::awaitReady);
  }

  @AfterAll
  static void stop() {
    servers.forEach(IngressServer::close);
    stack.close();
  }

  private static Answer put(ApiClient client, String model, long ttl, String... condition)
      throws Exception {
    return client.send(
        client
            .request("/v1/models/" + model + "/deployment", condition)
            .header("Content-Type", "application/json")
            .PUT(
                BodyPublishers.ofString(
                    "{\"version\":\"1.0.0\",\"cache_ttl_seconds\":%d}".formatted(ttl))));
  }

  /** All committed records of a model, in their order. */
  private static List<Deployment> log(String model) throws Exception {
    try (KafkaConsumer<byte[], byte[]> consumer = stack.committed()) {
      TopicPartition only = new TopicPartition(Topic.DEPLOYMENTS.name(), 0);
      consumer.assign(List.of(only));
      consumer.seekToBeginning(List.of(only));
      long end = consumer.endOffsets(List.of(only)).getOrDefault(only, 0L);
      List<Deployment> found = new ArrayList<>();
      while (consumer.position(only) < end) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          if (model.equals(new String(record.key(), StandardCharsets.UTF_8))) {
            found.add(MessageCodec.DEPLOYMENTS.decode(record.value()));
          }
        }
      }
      return found;
    }
  }

  @Test
  void ofTwoServersThatChangeOneRevisionOneWins() throws Exception {
    // Given
    String model = "raced";
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        String[] condition =
            round == 0
                ? new String[] {"If-None-Match", "*"}
                : new String[] {"If-Match", "\"" + round + "\""};
        CyclicBarrier together = new CyclicBarrier(2);

        // When
        List<Future<Answer>> racers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          ApiClient client = clients.get(i);
          long ttl = 100L * (round + 1) + i;
          Callable<Answer> race =
              () -> {
                together.await(30, TimeUnit.SECONDS);
                return put(client, model, ttl, condition);
              };
          racers.add(threads.submit(race));
        }
        List<Answer> answers = new ArrayList<>();
        for (Future<Answer> racer : racers) {
          answers.add(racer.get(60, TimeUnit.SECONDS));
        }

        // Then
        assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 412);
        for (Answer answer : answers) {
          if (answer.status() == 412) {
            answer.problem(412, "revision-mismatch");
          } else {
            Deployment last = log(model).get(round);
            assertThat(answer.header("ETag")).isEqualTo("\"" + (round + 1) + "\"");
            assertThat(last.getCacheTtlSeconds())
                .isEqualTo(answer.json().path("cache_ttl_seconds").asLong());
          }
        }
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(log(model))
        .extracting(Deployment::getRevision)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    for (ApiClient client : clients) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                JsonNode deployment = client.get("/v1/models/raced/deployment").json();
                assertThat(deployment.path("revision").asLong()).isEqualTo(ROUNDS);
                assertThat(deployment.path("cache_ttl_seconds").asLong())
                    .isEqualTo(log(model).get(ROUNDS - 1).getCacheTtlSeconds());
              });
    }
  }

  @Test
  void writerThatWasOvertakenReadsAgainBeforeItWrites() throws Exception {
    // Given: while this one decides, another one writes.
    String model = "overtaken";
    DeploymentLog slow = stack.deploymentLog(Duration.ofSeconds(20));
    DeploymentLog fast = stack.deploymentLog(Duration.ofSeconds(20));
    List<Long> seen = new ArrayList<>();

    // When
    Deployment written =
        slow.update(
            model,
            current -> {
              long revision = current.map(Deployment::getRevision).orElse(0L);
              seen.add(revision);
              if (seen.size() == 1) {
                var unused = fast.update(model, none -> deployment(model, 1, "fast"));
              }
              return deployment(model, revision + 1, "slow");
            });

    // Then
    assertThat(seen).containsExactly(0L, 1L);
    assertThat(written.getRevision()).isEqualTo(2);
    assertThat(log(model)).extracting(Deployment::getUpdatedBy).containsExactly("fast", "slow");
  }

  private static Deployment deployment(String model, long revision, String by) {
    return Deployment.newBuilder()
        .setModel(model)
        .setRevision(revision)
        .setVersion("1.0.0")
        .setUpdatedBy(by)
        .setUpdatedAt(Instant.EPOCH)
        .build();
  }

  @Test
  void changeThatIsRefusedWritesNothing() throws Exception {
    // Given
    DeploymentLog writer = stack.deploymentLog(Duration.ofSeconds(20));

    // When // Then
    assertThatThrownBy(
            () ->
                writer.update(
                    "refused",
                    current -> {
                      throw new ProblemException(ProblemType.ROLLOUT_RUNNING, "no");
                    }))
        .isInstanceOf(ProblemException.class);
    assertThat(log("refused")).isEmpty();
  }
}
