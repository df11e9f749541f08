package io.millrace.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.example.millrace.ApiException;
import com.example.millrace.model.Job;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import com.standardwebhooks.Webhook;
import io.millrace.local.audit.CommittedResults;
import io.millrace.local.audit.CommittedResults.From;
import io.millrace.local.audit.ResultAudit;
import io.millrace.local.client.JobClient;
import io.millrace.local.client.JobRequest;
import io.millrace.local.data.Utterances;
import io.millrace.local.deadletters.DeadLettersCommand;
import io.millrace.local.stack.LocalStack;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Traceparent;
import io.millrace.schemas.avro.DeadLetter;
import io.millrace.schemas.avro.DeadLetterReason;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Submit;
import io.millrace.testtools.Finished;
import io.millrace.testtools.TestTools;
import io.millrace.training.SampleModel;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** From HTTP to the committed result, with every part real. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LocalStackIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration COMMITTED = Duration.ofMinutes(1);

  @TempDir private static Path directory;
  private static RunningStack stack;

  @BeforeAll
  static void start() throws Exception {
    SampleModel.installSmall(directory.resolve("models"), SampleModel.VERSION);
    stack = started(LocalStack.SAMPLE_MODEL, LocalStack.EMBEDDING_MODEL);
  }

  private static RunningStack started(String... models) throws Exception {
    return RunningStack.start(data(), directory.resolve("models"), models);
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  @Order(1)
  void everyRequestEndsInExactlyOneResultAndEachTextIsComputedOnce() throws Exception {
    // Given
    TrafficPlan plan = TrafficPlan.draw(Utterances.read(null), 400, 0.3, 1);
    ResultAudit audit = new ResultAudit();
    TrafficStatistics statistics = new TrafficStatistics(System::nanoTime);
    JobClient client = new JobClient(stack.addresses().api(), "support-desk", "text");
    Traffic traffic =
        new Traffic(client, Pace.concurrency(64), statistics, (job, row) -> {}, System::nanoTime);

    // When
    boolean complete;
    try (CommittedResults results =
        CommittedResults.open(stack.addresses().kafka(), From.NOW, audit)) {
      traffic.send(plan.requests());
      complete = results.await(statistics.acceptedJobs().keySet(), COMMITTED);
    }

    // Then
    Summary summary = Report.of(plan, statistics, audit).summary();
    assertThat(traffic.firstFailure()).isNull();
    assertThat(complete).isTrue();
    assertThat(summary.exactlyOnce()).isTrue();
    assertThat(summary.accepted()).isEqualTo(400);
    assertThat(summary.succeeded()).isEqualTo(400);
    assertThat(summary.origins().computed()).isBetween(1L, (long) (1.05 * plan.distinctTexts()));
    assertThat(summary.paddingRatio()).isLessThan(1.5);
  }

  @Test
  @Order(2)
  void randomBytesLandInTheDeadLettersAndTheJobGoesOn() throws Exception {
    // Given
    // As large as the topic takes, so that the letter that holds it is larger.
    byte[] garbage = new byte[5_000_000];
    new Random(7).nextBytes(garbage);

    // When
    write(Topic.REQUESTS, garbage);

    // Then
    DeadLetter letter = deadLetter();
    assertThat(letter.getReason()).isEqualTo(DeadLetterReason.UNKNOWN_ENCODING);
    assertThat(letter.getTopic()).isEqualTo(Topic.REQUESTS.name());
    assertThat(letter.getValue().array()).isEqualTo(garbage);
    assertThat(ask("the job goes on")).isEqualTo("succeeded");
  }

  @Test
  @Order(3)
  void aRecordThatAnOlderJobRefusedIsAnsweredAfterItsReplay() throws Exception {
    // Given what a job left that did not know the schema yet
    String jobId = "refused-before-the-upgrade";
    InferenceCommand command =
        InferenceCommand.newBuilder()
            .setJobId(jobId)
            .setModel("support-desk")
            .setCreatedAt(Instant.parse("2026-11-01T12:00:00Z"))
            .setCommand(
                Submit.newBuilder()
                    .setInputs(List.of(Tensors.ofStrings("text", List.of("written too early"))))
                    .build())
            .build();
    DeadLetter letter =
        DeadLetter.newBuilder(deadLetter())
            .setReason(DeadLetterReason.UNKNOWN_SCHEMA)
            .setValue(ByteBuffer.wrap(MessageCodec.COMMANDS.encode(command)))
            .build();
    write(Topic.DEAD_LETTERS, MessageCodec.DEAD_LETTERS.encode(letter));
    ResultAudit audit = new ResultAudit();
    CommandLine replay = DeadLettersCommand.commandLine(RunningStack.quiet());

    // When
    int code;
    boolean answered;
    try (CommittedResults results =
        CommittedResults.open(stack.addresses().kafka(), From.NOW, audit)) {
      code =
          replay.execute(
              "replay", "--all", "--reason", "UNKNOWN_SCHEMA", "--data-dir", data().toString());
      answered = results.await(List.of(jobId), COMMITTED);
    }

    // Then
    assertThat(code).isZero();
    assertThat(answered).isTrue();
    assertThat(audit.duplicateResults()).isZero();
  }

  /** In 32-bit floats, so that a vector does not depend on what else is in its batch. */
  @Test
  @Order(4)
  void openAiClientGetsTheModelsOwnEmbeddings() throws Exception {
    // Given
    List<String> texts =
        List.of(
            "where is my parcel?",
            "I want my money back",
            "Ich hätte gern eine Rechnung, bitte",
            "the app crashes as soon as I open it, and it did so yesterday evening as well",
            "x");
    List<float[]> expected = EmbeddingsClient.compute(directory.resolve("models"), texts);

    // When
    JsonNode got =
        EmbeddingsClient.ask(
            stack.addresses().api(), LocalStack.EMBEDDING_MODEL, LocalStack.SAMPLE_MODEL, texts);

    // Then
    assertThat(got.path("object").asText()).isEqualTo("list");
    assertThat(got.path("model").asText()).isEqualTo("all-minilm-l6-v2");
    assertThat(got.path("indexes").toString()).isEqualTo("[0,1,2,3,4]");
    assertThat(got.at("/usage/prompt_tokens").asInt()).isGreaterThan(texts.size());
    for (String encoding : List.of("base64", "float")) {
      assertThat(got.path(encoding).size()).isEqualTo(texts.size());
      for (int i = 0; i < texts.size(); i++) {
        assertThat(EmbeddingsClient.vector(got.path(encoding).path(i)))
            .as("%s, text %d", encoding, i)
            .hasSize(384)
            .containsExactly(expected.get(i), within(1e-5f));
      }
    }
    assertThat(got.path("single")).hasSize(1);
    assertThat(EmbeddingsClient.vector(got.path("single").path(0)))
        .containsExactly(expected.get(0), within(1e-5f));
    requireError(got, "unknownModel", "NotFoundError", "model_not_found", "model");
    requireError(got, "noEmbeddings", "BadRequestError", "model_not_embedding", "model");
    requireError(got, "tokens", "BadRequestError", "invalid_request", "input[0]");
    requireError(got, "dimensions", "BadRequestError", "invalid_request", "dimensions");
  }

  @Test
  @Order(4)
  void oneTraceGoesFromTheAnswerThroughTheLogToTheResult() throws Exception {
    // Given
    HttpRequest request =
        HttpRequest.newBuilder(stack.addresses().api().resolve("/v1/models/support-desk/jobs"))
            .header("Content-Type", "application/json")
            .header("Prefer", "wait=30")
            .timeout(Duration.ofMinutes(1))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    """
                    {"inputs":[{"name":"text","datatype":"BYTES","shape":[1],
                     "data":["where does my trace lead"]}]}"""))
            .build();

    // When
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    String trace = answer.headers().firstValue(Traceparent.HEADER).orElseThrow();
    assertThat(Traceparent.parse(trace)).isNotNull();
    ConsumerRecord<byte[], byte[]> asked = traced(Topic.REQUESTS, trace);
    ConsumerRecord<byte[], byte[]> answered = traced(Topic.RESULTS, trace);
    String jobId = MessageCodec.COMMANDS.decode(asked.value()).getJobId();
    assertThat(answer.body()).contains(jobId);
    assertThat(new String(answered.key(), StandardCharsets.UTF_8)).isEqualTo(jobId);
    assertThat(MessageCodec.RESULTS.decode(answered.value()).getTraceparent()).isEqualTo(trace);
  }

  @Test
  @Order(4)
  void aWebhookIsDeliveredSignedAndItsStatusIsShownWithTheJob() throws Exception {
    // Given
    Webhook receiver = new Webhook(secret());
    try (WebhookReceiver endpoint = WebhookReceiver.start()) {
      String request =
          """
          {"inputs": [{"name": "text", "datatype": "BYTES", "shape": [1],
            "data": ["tell me of this one"]}], "webhook": {"url": "%s"}}"""
              .formatted(endpoint.url());

      // When
      JsonNode accepted = call("/v1/models/support-desk/jobs", request);
      WebhookReceiver.Request delivery = endpoint.next();

      // Then
      receiver.verify(delivery.body(), delivery.headers());
      JsonNode message = JSON.readTree(delivery.body());
      assertThat(message.get("type").asText()).isEqualTo("job.succeeded");
      String path = accepted.get("urls").get("self").asText();
      ObjectNode job =
          Awaitility.await()
              .atMost(COMMITTED)
              .until(
                  () -> (ObjectNode) call(path, null),
                  found -> found.path("webhook").path("status").asText().equals("delivered"));
      assertThat(job.remove("webhook").get("attempts").asInt()).isEqualTo(1);
      assertThat(message.get("data")).isEqualTo(job);
    }
  }

  private static String secret() throws Exception {
    Matcher secret =
        Pattern.compile("whsec_\\S+")
            .matcher(Files.readString(data().resolve("webhook-secrets.yaml")));
    assertThat(secret.find()).isTrue();
    return secret.group();
  }

  /** Calls the API: with a body a POST, without one a GET. */
  private static JsonNode call(String path, @Nullable String body) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(stack.addresses().api().resolve(path));
    if (body != null) {
      request
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(body));
    }
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    return JSON.readTree(answer.body());
  }

  @Test
  @Order(4)
  void theClientsOfTheKafkaPageWork() throws Exception {
    // Given
    KafkaPage page = new KafkaPage(directory);
    String jobOfKcat = UuidCreator.getTimeOrderedEpoch().toString();
    String jobOfNode = "job-of-node";

    // When
    page.shell(0, stack.addresses().kafka(), jobOfKcat);
    String answer = page.node(stack.addresses().kafka(), jobOfNode);

    // Then
    assertThat(answer)
        .contains("\"job\":\"job-of-node\"", "\"status\":\"SUCCEEDED\"", "\"label\":\"");
    Awaitility.await()
        .atMost(COMMITTED)
        .untilAsserted(
            () ->
                assertThat(page.shell(1, stack.addresses().kafka(), jobOfKcat))
                    .contains("job " + jobOfKcat + " has a result of ")
                    .contains("job job-of-node has a result of "));
    // The API knows a job that came past it.
    JobClient api = new JobClient(stack.addresses().api(), "support-desk", "text");
    assertThat(api.read(jobOfKcat).get(60, TimeUnit.SECONDS).status()).isEqualTo("succeeded");
  }

  @Test
  @Order(5)
  void jsonThatIsNoCommandIsADeadLetterThatNamesThePlace() throws Exception {
    // Given
    Finished.run(
        TestTools.kcat(
            "-P",
            "-b",
            stack.addresses().kafka(),
            "-t",
            Topic.REQUESTS.name(),
            "-H",
            "content-type=application/json;charset=utf-8"),
        "{\"job_id\": 7}\n".getBytes(StandardCharsets.UTF_8),
        COMMITTED);

    // Then the third letter
    DeadLetter letter = MessageCodec.DEAD_LETTERS.decode(deadLetters(3).get(2));
    assertThat(letter.getReason()).isEqualTo(DeadLetterReason.MALFORMED);
    assertThat(letter.getDetail()).isEqualTo("/job_id: expected a string, found number");
  }

  @Test
  @Order(6)
  void aClientGeneratedFromTheDescriptionSubmitsPollsAndCancels() throws Exception {
    GeneratedClient client = new GeneratedClient(stack.addresses().api());

    // When it submits and polls
    Job submitted = client.submit("support-desk", "asked by a generated client");
    Awaitility.await()
        .atMost(COMMITTED)
        .until(() -> client.poll(submitted.getId()).getStatus() == Job.StatusEnum.SUCCEEDED);

    // Then
    Job done = client.await(submitted.getId());
    assertThat(done.getError()).isNull();
    assertThat(done.getOutputs())
        .filteredOn(output -> output.getName().equals("label"))
        .singleElement()
        .satisfies(label -> assertThat(label.getData()).singleElement().isInstanceOf(String.class));

    // When it cancels, a job that has ended and one that may have
    assertThat(client.cancel(done.getId())).isEqualTo(done);
    Job other = client.submit("support-desk", "cancelled by a generated client");
    client.cancel(other.getId());

    // Then
    assertThat(client.await(other.getId()).getStatus())
        .isIn(Job.StatusEnum.CANCELLED, Job.StatusEnum.SUCCEEDED);
    assertThatThrownBy(() -> client.submit("nobody", "x"))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo(404);
              assertThat(e.getResponseBody()).contains("unknown-model");
            });
  }

  @Test
  @Order(7)
  void aStopAndAStartOnTheSameDirectoryLoseNothing() throws Exception {
    // Given jobs that the stack has accepted and most of which it has not done
    Submissions submissions = new Submissions(stack.addresses().api());
    for (int i = 0; i < 300; i++) {
      submissions.send("before the stop, number " + i);
    }
    submissions.drain();

    // When
    stack.close();
    stack = started(LocalStack.SAMPLE_MODEL);

    // Then
    ResultAudit audit = new ResultAudit();
    try (CommittedResults results =
        CommittedResults.open(stack.addresses().kafka(), From.BEGINNING, audit)) {
      assertThat(submissions.accepted()).hasSize(300);
      assertThat(results.await(submissions.accepted(), COMMITTED)).isTrue();
    }
    assertThat(audit.duplicateResults()).isZero();
    assertThat(ask("after the start")).isEqualTo("succeeded");
  }

  private static void requireError(
      JsonNode got, String call, String name, String code, String param) {
    JsonNode error = got.path("errors").path(call);
    assertThat(error.path("name").asText()).as(error.toString()).isEqualTo(name);
    assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("param").asText()).isEqualTo(param);
    assertThat(error.path("message").asText()).isNotEmpty();
  }

  private static Path data() {
    return directory.resolve("data");
  }

  private static void write(Topic topic, byte[] value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                stack.addresses().kafka(),
                "max.request.size",
                Topic.MAX_WRITTEN_BYTES),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic.name(), value)).get(30, TimeUnit.SECONDS);
    }
  }

  private static String ask(String text) throws Exception {
    JobClient client = new JobClient(stack.addresses().api(), "support-desk", "text");
    JobClient.Submission answer =
        client.submit(JobRequest.of(text), Duration.ofSeconds(30)).get(60, TimeUnit.SECONDS);
    return ((JobClient.Submission.Accepted) answer).job().status();
  }

  private static DeadLetter deadLetter() throws Exception {
    List<byte[]> letters = deadLetters(1);
    assertThat(letters).hasSize(1);
    return MessageCodec.DEAD_LETTERS.decode(letters.get(0));
  }

  /** All letters, once there are that many. */
  private static List<byte[]> deadLetters(int count) {
    List<byte[]> letters = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(kafka(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.DEAD_LETTERS.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Awaitility.await()
          .atMost(COMMITTED)
          .until(
              () -> {
                for (ConsumerRecord<byte[], byte[]> record :
                    consumer.poll(Duration.ofMillis(200))) {
                  letters.add(record.value());
                }
                return letters.size() >= count;
              });
    }
    return letters;
  }

  /** The only record whose header names that trace. */
  private static ConsumerRecord<byte[], byte[]> traced(Topic topic, String trace) {
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(kafka(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Awaitility.await()
          .atMost(COMMITTED)
          .until(
              () -> {
                for (ConsumerRecord<byte[], byte[]> record :
                    consumer.poll(Duration.ofMillis(200))) {
                  Header header = record.headers().lastHeader(Traceparent.HEADER);
                  if (header != null
                      && new String(header.value(), StandardCharsets.UTF_8).equals(trace)) {
                    found.add(record);
                  }
                }
                return !found.isEmpty();
              });
    }
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static Map<String, Object> kafka() {
    return Map.of(
        "bootstrap.servers", stack.addresses().kafka(), "isolation.level", "read_committed");
  }
}
