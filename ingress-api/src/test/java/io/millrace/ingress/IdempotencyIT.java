package io.millrace.ingress;

import static io.millrace.ingress.ApiClient.JOBS;
import static io.millrace.ingress.ApiClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cache.IdempotencyClaim;
import io.millrace.cache.IdempotencyStore;
import io.millrace.cache.RedisIdempotencyStore;
import io.millrace.ingress.ApiClient.Answer;
import io.millrace.schemas.MessageCodec;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same key, across two servers with one Redis. */
@ExtendWith(SharedStack.class)
final class IdempotencyIT {

  private static final String HEADER = "Idempotency-Key";

  private final TestStack stack;
  private final ApiClient client;
  private final String key = '"' + UUID.randomUUID().toString() + '"';

  IdempotencyIT(SharedStack.Running running) {
    this.stack = running.stack();
    this.client = running.client();
  }

  @Test
  void sameKeyAndRequestIsTheSameJobOnAnyServer() throws Exception {
    try (IngressServer replica = stack.server(Map.of())) {
      // Given
      ApiClient other = new ApiClient(replica.uri());
      SharedStack.Running.awaitReady(other);
      String text = text("once " + key);

      // When
      Answer first = client.post(JOBS, text, HEADER, key);
      Answer bare = other.post(JOBS, text, HEADER, key.replace("\"", ""));
      Answer waiting = other.post(JOBS, text, HEADER, key, "Prefer", "wait=20");

      // Then
      assertThat(first.status()).isEqualTo(202);
      assertThat(id(bare)).isEqualTo(id(first));
      assertThat(waiting.status()).as(waiting.response().body()).isEqualTo(200);
      assertThat(id(waiting)).isEqualTo(id(first));
      assertThat(waiting.json().path("status").asText()).isEqualTo("succeeded");
      assertThat(copies(id(first))).isEqualTo(1);
    }
  }

  @Test
  void manyAtOnceOnTwoServersAreOneJob() throws Exception {
    try (IngressServer replica = stack.server(Map.of())) {
      // Given
      ApiClient other = new ApiClient(replica.uri());
      SharedStack.Running.awaitReady(other);
      String text = text("once " + key);

      // When
      List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        sent.add((i % 2 == 0 ? client : other).sendAsync(JOBS, text, HEADER, key));
      }

      // Then
      List<String> ids = new ArrayList<>();
      for (CompletableFuture<HttpResponse<String>> one : sent) {
        Answer answer = new Answer(one.get(30, TimeUnit.SECONDS));
        if (answer.status() == 409) {
          assertThat(answer.json().path("type").asText())
              .isEqualTo("urn:millrace:problem:idempotency-in-flight");
          assertThat(answer.header("Retry-After")).isEqualTo("1");
        } else {
          assertThat(answer.status()).as(answer.response().body()).isIn(200, 202);
          ids.add(id(answer));
        }
      }
      assertThat(ids).isNotEmpty();
      assertThat(ids.stream().distinct()).hasSize(1);
      assertThat(copies(ids.get(0))).isEqualTo(1);
    }
  }

  @Test
  void anotherRequestUnderTheSameKeyIsRefused() throws Exception {
    // Given
    assertThat(client.post(JOBS, text("one"), HEADER, key).status()).isEqualTo(202);

    // When
    Answer body = client.post(JOBS, text("two"), HEADER, key);
    Answer path =
        client.post("/v1/models/support-desk/versions/1.0.0/jobs", text("one"), HEADER, key);

    // Then
    body.problem(422, "idempotency-mismatch");
    path.problem(422, "idempotency-mismatch");
  }

  @Test
  void refusedSubmissionFreesItsKey() throws Exception {
    // When
    Answer refused = client.post(JOBS, "{}", HEADER, key);
    Answer corrected = client.post(JOBS, text("corrected"), HEADER, key);

    // Then
    refused.problem(422, "invalid-request");
    assertThat(corrected.status()).isEqualTo(202);
  }

  @Test
  void jobOfAServerThatDiedBetweenClaimAndAcknowledgementIsSubmittedUnderItsId() throws Exception {
    // Given: a claim left behind, whose lease is over
    String text = text("left behind");
    String jobId = id(client.post(JOBS, text("any"))).replaceFirst(".$", "0");
    try (IdempotencyStore dead =
        RedisIdempotencyStore.open(stack.redisConfig(), Duration.ofHours(1), Duration.ofHours(1))) {
      IdempotencyClaim claim =
          dead.claim("default", key.replace("\"", ""), fingerprint(text), jobId).join();
      assertThat(client.post(JOBS, text, HEADER, key).status()).isEqualTo(409);
      dead.handOn((IdempotencyClaim.Held) claim).join();
    }

    // When
    Answer retried = client.post(JOBS, text, HEADER, key, "Prefer", "wait=20");
    Answer again = client.post(JOBS, text, HEADER, key);

    // Then
    assertThat(retried.status()).as(retried.response().body()).isEqualTo(200);
    assertThat(id(retried)).isEqualTo(jobId);
    assertThat(id(again)).isEqualTo(jobId);
    assertThat(copies(jobId)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"a", "a\"b", "a, b", "\"a\";b=1", "a b"})
  void keyOfAnotherFormIsRefused(String malformed) throws Exception {
    client.post(JOBS, text("x"), HEADER, malformed).problem(400, "bad-request");
  }

  @Test
  void keyThatIsTooLongAndTwoKeysAreRefused() throws Exception {
    client.post(JOBS, text("x"), HEADER, "k".repeat(256)).problem(400, "bad-request");
    client.post(JOBS, text("x"), HEADER, "a", HEADER, "b").problem(400, "bad-request");
    assertThat(client.post(JOBS, text("x"), HEADER, key + " ".repeat(3)).status()).isEqualTo(202);
  }

  @Test
  void withoutRedisARequestWithAKeyIsRefusedAndOneWithoutIsNot(@TempDir Path directory)
      throws Exception {
    try (TestStack own = TestStack.start(directory);
        IngressServer server = own.server(Map.of())) {
      // Given
      ApiClient other = new ApiClient(server.uri());
      SharedStack.Running.awaitReady(other);
      own.stopRedis();
      try {
        // When
        Answer with = other.post(JOBS, text("x"), HEADER, key);
        Answer without = other.post(JOBS, text("x"));

        // Then
        with.problem(503, "idempotency-unavailable");
        assertThat(without.status()).isEqualTo(202);
      } finally {
        own.startRedis();
      }
    }
  }

  private static String id(Answer answer) {
    return answer.json().path("id").asText();
  }

  private static String fingerprint(String body) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of()
        .formatHex(digest.digest(("POST " + JOBS + "\n" + body).getBytes(StandardCharsets.UTF_8)));
  }

  /** How many records of a job are in the topic. */
  private long copies(String jobId) throws Exception {
    long copies = 0;
    try (Consumer<byte[], byte[]> requests = stack.requests()) {
      var ends = requests.endOffsets(requests.assignment());
      requests.seekToBeginning(requests.assignment());
      while (ends.entrySet().stream()
          .anyMatch(end -> requests.position(end.getKey()) < end.getValue())) {
        for (var record : requests.poll(Duration.ofMillis(500))) {
          if (MessageCodec.COMMANDS.decode(record.value()).getJobId().equals(jobId)) {
            copies++;
          }
        }
      }
    }
    return copies;
  }
}
