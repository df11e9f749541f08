package io.millrace.ingress;

import static io.millrace.ingress.ApiClient.JOBS;
import static io.millrace.ingress.ApiClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.millrace.cache.JobStore;
import io.millrace.ingress.ApiClient.Answer;
import io.millrace.schemas.Fingerprint;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Cancel;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Priority;
import io.millrace.schemas.avro.Submit;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Submitting and reading jobs, with a real broker and a real Redis. */
@ExtendWith(SharedStack.class)
final class JobsIT {

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final TestStack stack;
  private final ApiClient client;

  JobsIT(SharedStack.Running running) {
    this.stack = running.stack();
    this.client = running.client();
  }

  @Test
  void acceptedJobIsInTheLogWhenTheAnswerArrives() throws Exception {
    // When
    Answer answer = client.post(JOBS, text("never"), "traceparent", TRACE);

    // Then
    JsonNode accepted = answer.json();
    String id = accepted.path("id").asText();
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("Location")).isEqualTo("/v1/jobs/" + id);
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(accepted.path("status").asText()).isEqualTo("queued");
    ConsumerRecord<byte[], byte[]> record = find(id).orElseThrow();
    InferenceCommand command = MessageCodec.COMMANDS.decode(record.value());
    Submit submit = (Submit) command.getCommand();
    assertThat(new String(record.key(), StandardCharsets.UTF_8))
        .isEqualTo(command.getFingerprint())
        .isEqualTo(Fingerprint.of("default", "support-desk", submit));
    assertThat(record.headers().lastHeader("traceparent").value())
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo(TRACE);
    assertThat(Tensors.strings(submit.getInputs().get(0))).containsExactly("never");
    assertThat(submit.getVersion()).isNull();
    assertThat(UUID.fromString(id).version()).isEqualTo(7);
  }

  @Test
  void versionInThePathIsTheVersionAskedFor() throws Exception {
    // When
    Answer answer = client.post("/v1/models/support-desk/versions/1.2.3-rc.1/jobs", text("never"));

    // Then
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().path("version").asText()).isEqualTo("1.2.3-rc.1");
    byte[] value = find(answer.json().path("id").asText()).orElseThrow().value();
    Submit submit = (Submit) MessageCodec.COMMANDS.decode(value).getCommand();
    assertThat(submit.getVersion()).isEqualTo("1.2.3-rc.1");
  }

  @Test
  void waitBringsTheResult() throws Exception {
    // When
    Answer answer = client.post(JOBS, text("where is it?"), "Prefer", "wait=10, respond-async");

    // Then
    JsonNode done = answer.json();
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=10");
    assertThat(done.path("status").asText()).isEqualTo("succeeded");
    assertThat(done.path("origin").asText()).isEqualTo("computed");
    assertThat(done.path("version").asText()).isEqualTo("1.0.0");
    assertThat(done.path("outputs").toString())
        .isEqualTo(
            "[{\"name\":\"label\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"delivery\"]},"
                + "{\"name\":\"probabilities\",\"datatype\":\"FP32\",\"shape\":[1,2],"
                + "\"data\":[0.75,0.25]}]");
    assertThat(done.has("error")).isFalse();
    assertThat(done.path("timings").path("total_seconds").asDouble()).isEqualTo(0.034);
    assertThat(done.path("timings").path("queue_seconds").asDouble()).isEqualTo(0.012);
    assertThat(done.path("timings").path("batch_size").asInt()).isEqualTo(8);
    Instant completed = Instant.parse(done.path("completed_at").asText());
    assertThat(Instant.parse(done.path("created_at").asText())).isBefore(completed);
    assertThat(Instant.parse(done.path("expires_at").asText()))
        .isEqualTo(completed.plus(Duration.ofHours(24)));
  }

  @Test
  void failedJobIsAnsweredWithItsError() throws Exception {
    // When
    Answer answer = client.post(JOBS, text("bad"), "Prefer", "wait=10");

    // Then
    JsonNode done = answer.json();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(done.path("status").asText()).isEqualTo("failed");
    assertThat(done.path("error").toString())
        .isEqualTo("{\"reason\":\"invalid_input\",\"message\":\"input 'text' is too long\"}");
    assertThat(done.has("outputs")).isFalse();
    assertThat(done.path("origin").isNull()).isTrue();
  }

  @Test
  void waitThatIsNotEnoughIsAnsweredWithTheAcceptedJob() throws Exception {
    // When
    Answer answer = client.post(JOBS, text("never"), "Prefer", "wait=1");

    // Then
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=1");
    assertThat(answer.json().path("status").asText()).isEqualTo("queued");
  }

  @Test
  void queuedJobIsReadWithAllItsMembers() throws Exception {
    // Given
    Answer accepted = client.post(JOBS, text("never"));

    // When
    Answer answer = client.get(accepted.header("Location"));

    // Then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(answer.json()).isEqualTo(accepted.json());
    assertThat(answer.json().fieldNames())
        .toIterable()
        .containsExactly(
            "id",
            "status",
            "model",
            "version",
            "created_at",
            "started_at",
            "completed_at",
            "expires_at",
            "origin",
            "timings",
            "urls");
  }

  @Test
  void readingWithWaitIsAnsweredWhenTheJobEnds() throws Exception {
    // Given
    Answer accepted = client.post(JOBS, text("never"));
    String id = accepted.json().path("id").asText();
    byte[] value = find(id).orElseThrow().value();
    CompletableFuture<Answer> reading =
        CompletableFuture.supplyAsync(() -> getWaiting(accepted.header("Location")));
    await().untilAsserted(() -> assertThat(client.metric("millrace_jobs_waiting")).isPositive());

    // When
    try (JobStore store = stack.store()) {
      store
          .finished(StandInJob.succeeded(MessageCodec.COMMANDS.decode(value)))
          .get(10, TimeUnit.SECONDS);
    }

    // Then
    Answer answer = reading.get(10, TimeUnit.SECONDS);
    assertThat(answer.json().path("status").asText()).isEqualTo("succeeded");
    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=60");
    assertThat(answer.header("Retry-After")).isEmpty();
  }

  @Test
  void finishedJobIsReadAtOnceThoughTheClientWouldWait() throws Exception {
    // Given
    String id = client.post(JOBS, text("quick"), "Prefer", "wait=10").json().path("id").asText();

    // When
    Answer answer = client.get("/v1/jobs/" + id, "Prefer", "wait=20");

    // Then
    assertThat(answer.json().path("status").asText()).isEqualTo("succeeded");
  }

  @Test
  void jobOfAnotherTenantIsUnknown() throws Exception {
    // Given a job that is so old that the read side knows whether there is one
    String accepted = client.post(JOBS, text("never")).json().path("id").asText();
    InferenceCommand command = MessageCodec.COMMANDS.decode(find(accepted).orElseThrow().value());
    String id = UuidCreator.getTimeOrderedEpoch(Instant.now().minusSeconds(60)).toString();
    command.setJobId(id);
    command.setTenant("another");
    try (JobStore store = stack.store()) {
      store.finished(StandInJob.succeeded(command)).get(10, TimeUnit.SECONDS);
    }

    // When
    Answer answer = client.get("/v1/jobs/" + id);

    // Then
    answer.problem(404, "unknown-job");
  }

  @Test
  void howUrgentAJobIsReachesTheLog() throws Exception {
    // Given
    String body = text("never");

    // When
    Answer answer =
        client.post(
            JOBS,
            body.substring(0, body.length() - 1)
                + ",\"priority\":\"high\",\"deadline\":\"2999-01-31T12:00:00+01:00\","
                + "\"allow_stale\":true}");

    // Then
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
    Submit submit = (Submit) command(answer).getCommand();
    assertThat(submit.getPriority()).isEqualTo(Priority.HIGH);
    assertThat(submit.getDeadline()).isEqualTo("2999-01-31T11:00:00Z");
    assertThat(submit.getAllowStale()).isTrue();
  }

  @Test
  void cancellationIsInTheLogWhenTheAnswerArrivesAndTheJobEnds() throws Exception {
    // Given
    Answer accepted = client.post(JOBS, text("never"));

    // When
    Answer answer = cancel(accepted, "Prefer", "wait=10", "traceparent", TRACE);

    // Then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=10");
    assertThat(answer.json().path("status").asText()).isEqualTo("cancelled");
    assertThat(answer.json().at("/error/reason").asText()).isEqualTo("cancelled");
    List<ConsumerRecord<byte[], byte[]>> records = records(id(accepted), 2);
    assertThat(records.get(1).key()).isEqualTo(records.get(0).key());
    InferenceCommand command = MessageCodec.COMMANDS.decode(records.get(1).value());
    assertThat(command.getCommand()).isEqualTo(new Cancel());
    assertThat(command.getFingerprint()).isEqualTo(command(accepted).getFingerprint());
    assertThat(command.getModel()).isEqualTo("support-desk");
    assertThat(records.get(1).headers().lastHeader("traceparent").value())
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo(TRACE);
  }

  @Test
  void cancellingAnswersWithTheJobAsItIsAndMayBeRepeated() throws Exception {
    // Given
    Answer accepted = client.post(JOBS, text("never"));

    // When
    Answer answer = cancel(accepted);
    Answer again = cancel(accepted, "Prefer", "wait=10");

    // Then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).isEqualTo(accepted.json());
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("status").asText()).isEqualTo("cancelled");
  }

  @Test
  void jobThatHasEndedIsNotCancelled() throws Exception {
    // Given
    Answer done = client.post(JOBS, text("quick"), "Prefer", "wait=10");
    double before = client.metric("millrace_jobs_cancellations_total");

    // When
    Answer answer = cancel(done);

    // Then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).isEqualTo(done.json());
    assertThat(client.metric("millrace_jobs_cancellations_total")).isEqualTo(before);
  }

  @Test
  void jobThatIsNotThereIsNotCancelled() throws Exception {
    client
        .post("/v1/jobs/7fffffff-ffff-7fff-bfff-ffffffffffff/cancel", "")
        .problem(404, "unknown-job");
    client.post("/v1/jobs/not-a-uuid/cancel", "").problem(404, "unknown-job");
    client
        .post("/v1/jobs/01890a5d-ac96-774b-bcce-b302099a8057/cancel", "")
        .problem(410, "result-expired");
  }

  @Test
  void jobThatAnEarlierReleaseNotedIsNotCancelled() throws Exception {
    // Given: an entry that ends before the fingerprint
    Answer accepted = client.post(JOBS, text("never"));
    String key = "millrace:job:" + id(accepted);
    stack.redis(
        redis -> {
          byte[] entry = redis.get(key);
          return redis.set(key, Arrays.copyOf(entry, entry.length - 1 - 2 - Fingerprint.LENGTH));
        });

    // When
    Answer answer = cancel(accepted);

    // Then
    assertThat(answer.problem(409, "not-cancellable").path("detail").asText())
        .contains("earlier release");
    assertThat(client.get(accepted.header("Location")).json()).isEqualTo(accepted.json());
  }

  private Answer cancel(Answer job, String... headers) throws Exception {
    return client.send(
        client.request("/v1/jobs/" + id(job) + "/cancel", headers).POST(BodyPublishers.noBody()));
  }

  private static String id(Answer job) {
    return job.json().path("id").asText();
  }

  private InferenceCommand command(Answer job) throws Exception {
    return MessageCodec.COMMANDS.decode(find(id(job)).orElseThrow().value());
  }

  @Test
  void manySubmissionsAreEachAcceptedOnce() throws Exception {
    // When
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      answers.add(client.postAsync(JOBS, text("text " + i), "Prefer", "wait=20"));
    }

    // Then
    Set<String> ids = new HashSet<>();
    for (CompletableFuture<String> answer : answers) {
      ids.add(answer.get(30, TimeUnit.SECONDS));
    }
    assertThat(ids).hasSize(300);
    assertThat(client.metric("millrace_http_in_flight")).isZero();
    assertThat(client.metric("millrace_jobs_waiting")).isZero();
  }

  private Answer getWaiting(String path) {
    try {
      return client.get(path, "Prefer", "wait=600");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<ConsumerRecord<byte[], byte[]>> find(String jobId) throws Exception {
    return records(jobId, 1).stream().findFirst();
  }

  /** The first so many records of a job, or those that there are. */
  private List<ConsumerRecord<byte[], byte[]>> records(String jobId, int wanted) throws Exception {
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    try (Consumer<byte[], byte[]> requests = stack.requests()) {
      for (int round = 0; round < 20 && found.size() < wanted; round++) {
        for (ConsumerRecord<byte[], byte[]> record : requests.poll(Duration.ofMillis(500))) {
          if (MessageCodec.COMMANDS.decode(record.value()).getJobId().equals(jobId)) {
            found.add(record);
          }
        }
      }
    }
    return found;
  }
}
