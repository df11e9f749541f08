package io.millrace.ingress;

import static io.millrace.ingress.ApiClient.JOBS;
import static io.millrace.ingress.ApiClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import com.github.f4b6a3.uuid.factory.UuidFactory.Parameters;
import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import io.millrace.ingress.ApiClient.Answer;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Submit;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis is emptied, or was away, and is rebuilt from the topics; two servers share the work. */
final class ReadSideIT {

  private static final Duration REBUILT = Duration.ofSeconds(60);

  private static TestStack stack;
  private static List<IngressServer> servers;
  private static List<ApiClient> clients;
  private static StandInJob job;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    stack = TestStack.start(directory, 3);
    Map<String, Object> settings = Map.of("millrace.kafka.delivery-timeout", "2s");
    servers = List.of(stack.server(settings), stack.server(settings));
    clients = servers.stream().map(server -> new ApiClient(server.uri())).toList();
    for (ApiClient client : clients) {
      SharedStack.Running.awaitReady(client);
    }
    job = new StandInJob(stack.requests(), stack.store(), stack.producer());
  }

  @AfterAll
  static void stop() throws Exception {
    job.close();
    servers.forEach(IngressServer::close);
    stack.close();
  }

  private static ApiClient client() {
    return clients.get(0);
  }

  private static Answer read(String id) throws Exception {
    return client().get("/v1/jobs/" + id);
  }

  private static String id(Instant acceptedAt) {
    return new TimeOrderedEpochFactory()
        .create(Parameters.builder().withInstant(acceptedAt).build())
        .toString();
  }

  private static String submit(String text) throws Exception {
    Answer answer = client().post(JOBS, text(text));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
    return answer.json().path("id").asText();
  }

  /** Reads jobs all the time, in turns from both servers, and notes what is not honest. */
  private static final class Poller implements AutoCloseable {

    private final ConcurrentLinkedQueue<String> jobs = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> lies = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean sawRebuilding;
    private final CompletableFuture<Void> polling = CompletableFuture.runAsync(this::run);

    private void run() {
      int turn = 0;
      while (!ended.get()) {
        for (String id : jobs) {
          try {
            Answer answer = clients.get(turn++ % clients.size()).get("/v1/jobs/" + id);
            String type = answer.json().path("type").asText();
            sawRebuilding |= type.endsWith(":status-rebuilding");
            boolean honest =
                answer.status() == 200
                    || (answer.status() == 503 && answer.header("Retry-After").equals("1"));
            if (!honest) {
              lies.add(answer.status() + " " + type + " for " + id);
            }
          } catch (Exception e) {
            lies.add(e.toString());
          }
        }
      }
    }

    @Override
    public void close() throws Exception {
      ended.set(true);
      polling.get(30, TimeUnit.SECONDS);
      assertThat(lies).isEmpty();
    }
  }

  @Test
  void emptiedInMidLoadNoAcceptedJobIsUnknownAndAllAreReadAsBefore() throws Exception {
    // Given
    Map<String, JsonNode> before = new HashMap<>();
    try (Poller poller = new Poller()) {
      for (int i = 0; i < 200; i++) {
        poller.jobs.add(submit("before " + i));
      }
      String waiting = submit("never");
      poller.jobs.add(waiting);
      await()
          .atMost(REBUILT)
          .untilAsserted(
              () -> {
                for (String id : poller.jobs) {
                  before.put(id, read(id).json());
                }
                assertThat(before.values())
                    .filteredOn(job -> job.path("status").asText().equals("succeeded"))
                    .hasSize(200);
              });

      // When
      for (int i = 0; i < 50; i++) {
        poller.jobs.add(submit("meanwhile " + i));
      }
      stack.redis(redis -> redis.flushall());
      for (int i = 0; i < 50; i++) {
        poller.jobs.add(submit("after " + i));
      }

      // Then
      await()
          .atMost(REBUILT)
          .untilAsserted(
              () -> {
                for (Map.Entry<String, JsonNode> job : before.entrySet()) {
                  assertThat(read(job.getKey()).json()).isEqualTo(job.getValue());
                }
                for (String id : poller.jobs) {
                  assertThat(read(id).json().path("status").asText())
                      .isEqualTo(id.equals(waiting) ? "queued" : "succeeded");
                }
              });
      assertThat(poller.sawRebuilding).isTrue();
    }
    awaitUnknownAgain();
  }

  private static void awaitUnknownAgain() {
    String never = id(Instant.now().minus(Duration.ofMinutes(5)));
    for (ApiClient client : clients) {
      await()
          .atMost(REBUILT)
          .untilAsserted(() -> client.get("/v1/jobs/" + never).problem(404, "unknown-job"));
    }
  }

  @Test
  void killedAndStartedEmptyJobsOfBeforeAndMeanwhileAreFoundAndWaitersHear() throws Exception {
    // Given
    String earlier = submit("earlier");
    String waitedFor = submit("never");
    CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() -> readWaiting(waitedFor));
    await().until(() -> client().metric("millrace_jobs_waiting") == 1.0);
    JsonNode before = awaitSucceeded(earlier);
    String meanwhile;
    try (Poller poller = new Poller()) {
      poller.jobs.addAll(List.of(earlier, waitedFor));

      // When
      stack.stopRedis();
      meanwhile = submit("meanwhile");
      String queued = submit("never");
      poller.jobs.addAll(List.of(meanwhile, queued));
      stack.startRedisEmpty();

      // Then
      await()
          .atMost(REBUILT)
          .untilAsserted(() -> assertThat(read(earlier).json()).isEqualTo(before));
      awaitSucceeded(meanwhile);
      await()
          .atMost(REBUILT)
          .untilAsserted(
              () -> assertThat(read(queued).json().path("status").asText()).isEqualTo("queued"));
    }

    // When: the result is in the topic alone
    try (Producer<byte[], byte[]> results = stack.producer()) {
      results.send(StandInJob.record(StandInJob.succeeded(command(waitedFor)))).get();
    }

    // Then
    Answer answer = waiting.get(60, TimeUnit.SECONDS);
    assertThat(answer.json().path("status").asText()).isEqualTo("succeeded");
    awaitUnknownAgain();
  }

  @Test
  void reportsAreReadAnewIntoAnEmptyRedis() throws Exception {
    // Given
    StandInReports reports =
        new StandInReports(TestStack.MODEL, Instant.now().truncatedTo(ChronoUnit.MINUTES));
    stack.write(
        Topic.COST_REPORTS,
        "k",
        MessageCodec.COST_REPORTS.encode(reports.cost("1.0.0", "acme", 0)));
    String cost =
        "/v1/models/support-desk/cost?from=" + reports.first() + "&to=" + reports.start(1);
    await()
        .atMost(REBUILT)
        .untilAsserted(() -> assertThat(client().get(cost).json().path("windows")).hasSize(1));

    // When
    stack.stopRedis();
    stack.startRedisEmpty();

    // Then
    await()
        .atMost(REBUILT)
        .untilAsserted(
            () -> {
              JsonNode again = client().get(cost).json();
              assertThat(again.path("windows")).hasSize(1);
              assertThat(again.path("complete_until").asText()).isNotEmpty();
            });
  }

  @Test
  void jobAcceptedWhileRedisIsAwayIsFoundWhenItIsBackWithItsData() throws Exception {
    // Given
    String earlier = submit("never");
    try (Poller poller = new Poller()) {
      poller.jobs.add(earlier);

      // When
      stack.stopRedis();
      String queued = submit("never");
      String ended = submit("meanwhile");
      poller.jobs.addAll(List.of(queued, ended));
      stack.startRedis();

      // Then
      await()
          .atMost(REBUILT)
          .untilAsserted(
              () -> assertThat(read(queued).json().path("status").asText()).isEqualTo("queued"));
      awaitSucceeded(ended);
      assertThat(read(earlier).json().path("status").asText()).isEqualTo("queued");
    }
    awaitUnknownAgain();
  }

  @Test
  void rebuiltResultIsKeptForWhatIsLeftOfItsTime() throws Exception {
    // Given: a result of 23 hours ago
    Instant completed = Instant.now().minus(Duration.ofHours(23)).truncatedTo(ChronoUnit.MILLIS);
    Instant accepted = completed.minusMillis(34);
    String id = id(accepted);
    InferenceCommand command =
        new InferenceCommand(
            id,
            "default",
            TestStack.MODEL,
            "fingerprint",
            accepted,
            null,
            Submit.newBuilder().setInputs(List.of()).build());
    InferenceResult result = StandInJob.succeeded(command);
    try (Producer<byte[], byte[]> results = stack.producer()) {
      results.send(StandInJob.record(result)).get();
    }
    awaitSucceeded(id);

    // When
    stack.redis(redis -> redis.flushall());

    // Then
    awaitSucceeded(id);
    assertThat(stack.<Long>redis(redis -> redis.pttl("millrace:job:" + id)))
        .isBetween(Duration.ofMinutes(50).toMillis(), Duration.ofHours(1).toMillis());
  }

  @Test
  void idThatIsNewAndNeverAcceptedIsUnknownOnceThatIsSure() throws Exception {
    // Given
    String fresh = UuidCreator.getTimeOrderedEpoch().toString();

    // When
    Answer answer = client().get("/v1/jobs/" + fresh);

    // Then
    answer.problem(503, "status-rebuilding");
    await()
        .atMost(REBUILT)
        .untilAsserted(() -> client().get("/v1/jobs/" + fresh).problem(404, "unknown-job"));
  }

  @Test
  void serverThatGoesLeavesItsShareToTheOthers() throws Exception {
    // Given
    String earlier = submit("never");
    try (IngressServer third = stack.server(Map.of("millrace.kafka.delivery-timeout", "2s"))) {
      ApiClient client = new ApiClient(third.uri());
      await().atMost(REBUILT).until(() -> client.get("/v1/jobs/" + earlier).status() == 200);
    }

    // When
    stack.redis(redis -> redis.flushall());

    // Then
    await().atMost(REBUILT).until(() -> read(earlier).status() == 200);
    awaitUnknownAgain();
  }

  private static JsonNode awaitSucceeded(String id) {
    return await()
        .atMost(REBUILT)
        .until(() -> read(id).json(), job -> job.path("status").asText().equals("succeeded"));
  }

  private static Answer readWaiting(String id) {
    try {
      return clients
          .get(0)
          .send(
              clients
                  .get(0)
                  .request("/v1/jobs/" + id, "Prefer", "wait=60")
                  .timeout(Duration.ofSeconds(70))
                  .GET());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static InferenceCommand command(String jobId) {
    try (Consumer<byte[], byte[]> requests = stack.requests()) {
      return await()
          .atMost(REBUILT)
          .until(() -> find(requests, jobId), Optional::isPresent)
          .orElseThrow();
    }
  }

  private static Optional<InferenceCommand> find(Consumer<byte[], byte[]> requests, String jobId)
      throws Exception {
    for (ConsumerRecord<byte[], byte[]> record : requests.poll(Duration.ofMillis(500))) {
      InferenceCommand command = MessageCodec.COMMANDS.decode(record.value());
      if (command.getJobId().equals(jobId)) {
        return Optional.of(command);
      }
    }
    return Optional.empty();
  }
}
