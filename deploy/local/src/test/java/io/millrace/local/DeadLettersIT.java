package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.embedded.EmbeddedKafka;
import io.millrace.kafka.Topics;
import io.millrace.local.kafka.TopicReader;
import io.millrace.local.terminal.Terminal;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.DeadLetter;
import io.millrace.schemas.avro.DeadLetterReason;
import io.millrace.schemas.avro.RecordHeader;
import io.millrace.schemas.avro.WebhookDeadLetter;
import io.millrace.schemas.avro.WebhookDeadLetterReason;
import io.millrace.schemas.avro.WebhookDelivery;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against a broker that runs somewhere. */
class DeadLettersIT {

  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  @TempDir private static Path directory;
  private static EmbeddedKafka kafka;

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
    try (Admin admin =
        Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
      Topics.create(admin, Topic.ALL);
    }
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void aLetterIsListedShownAndReplayedByteForByte() throws Exception {
    // Given the largest record that the topic of requests takes
    byte[] value = new byte[5_000_000];
    new Random(7).nextBytes(value);
    String id = bury(letter(Topic.REQUESTS.name(), DeadLetterReason.UNKNOWN_SCHEMA, value));

    // Then
    assertThat(run("list", "--reason", "UNKNOWN_SCHEMA")).isZero();
    assertThat(output()).contains(id).contains("inference.requests-3@9").contains("5,000,000");

    // When
    Path raw = directory.resolve("raw");
    assertThat(run("show", id, "--raw", raw.toString())).isZero();

    // Then
    assertThat(output()).contains("traceparent: 00-ab").contains("5,000,000 bytes written");
    assertThat(Files.readAllBytes(raw)).isEqualTo(value);

    // When
    assertThat(run("replay", id, "--dry-run")).isZero();

    // Then
    assertThat(output()).contains("would go to inference.requests");
    assertThat(replaysOf(id)).isEmpty();

    // When
    assertThat(run("replay", id)).isZero();

    // Then
    assertThat(output()).contains("replayed to inference.requests-").contains("1 replayed");
    assertThat(replaysOf(id)).hasSize(1);
    ConsumerRecord<byte[], byte[]> replay = replaysOf(id).get(0);
    assertThat(replay.value()).isEqualTo(value);
    assertThat(replay.key()).isEqualTo("the key".getBytes(StandardCharsets.UTF_8));
    assertThat(replay.headers().toArray())
        .extracting(Header::key)
        .containsExactly("traceparent", "millrace-replay-of");

    // When
    assertThat(run("replay", id)).isZero();

    // Then
    assertThat(output()).contains("was replayed before").contains("0 replayed, 1 were before");
    assertThat(replaysOf(id)).hasSize(1);

    // When
    assertThat(run("replay", id, "--again")).isZero();

    // Then
    assertThat(replaysOf(id)).hasSize(2);
  }

  @Test
  void allLettersOfAReasonAreReplayed() throws Exception {
    // Given
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      byte[] value = {(byte) i};
      ids.add(bury(letter(Topic.REQUESTS.name(), DeadLetterReason.INVALID_COMMAND, value)));
    }
    bury(letter(Topic.REQUESTS.name(), DeadLetterReason.MALFORMED, new byte[1]));

    // When
    assertThat(run("replay", "--all", "--reason", "INVALID_COMMAND")).isZero();

    // Then
    assertThat(output()).contains("20 replayed");
    for (String id : ids) {
      assertThat(replaysOf(id)).hasSize(1);
    }
  }

  @Test
  void aRecordOfAnotherTopicIsNotReplayed() throws Exception {
    String id = bury(letter(Topic.RESULTS.name(), DeadLetterReason.EMPTY_VALUE, new byte[1]));

    assertThat(run("replay", id)).isEqualTo(1);
    assertThat(output()).contains("only records of inference.requests and model.deployments");
  }

  @Test
  void theNewestAreListed() throws Exception {
    for (int i = 0; i < 3; i++) {
      bury(letter(Topic.REQUESTS.name(), DeadLetterReason.FINGERPRINT_MISMATCH, new byte[i]));
    }

    assertThat(run("list", "--reason", "FINGERPRINT_MISMATCH", "--limit", "2")).isZero();
    assertThat(output()).contains("The newest 2 of 3");
    assertThat(run("list", "--json", "--reason", "FINGERPRINT_MISMATCH")).isZero();
    assertThat(output().lines()).hasSize(3).allMatch(line -> line.startsWith("{\"id\":\""));
    assertThat(run("list", "--since", "1s", "--reason", "FINGERPRINT_MISMATCH")).isZero();
    assertThat(output()).contains("There are no dead letters like that.");
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThat(run("show", "0:999999")).isEqualTo(1);
    assertThat(err.toString()).contains("There is no dead letter 0:999999");
    assertThat(run("show", "99:0")).isEqualTo(1);
    assertThat(err.toString()).contains("There is no dead letter 99:0");
  }

  @Test
  void aWebhookDeliveryThatWasGivenUpIsListedShownAndReplayed() throws Exception {
    // Given
    WebhookDelivery delivery =
        WebhookDelivery.newBuilder()
            .setWebhookId("msg_1")
            .setTenant("acme")
            .setUrl("https://example.com/hook")
            .setJobId("job-1")
            .setEvent("job.succeeded")
            .setBody(
                ByteBuffer.wrap("{\"type\":\"job.succeeded\"}".getBytes(StandardCharsets.UTF_8)))
            .setOccurredAt(NOON)
            .build();
    String id =
        write(
            Topic.WEBHOOK_DEAD_LETTERS,
            MessageCodec.WEBHOOK_DEAD_LETTERS.encode(
                WebhookDeadLetter.newBuilder()
                    .setDelivery(delivery)
                    .setReason(WebhookDeadLetterReason.EXHAUSTED)
                    .setDetail("status 500")
                    .setAttempts(10)
                    .setLastStatusCode(500)
                    .setRejectedAt(NOON)
                    .build()));

    // Then
    assertThat(runWebhooks("list", "--reason", "exhausted")).isZero();
    assertThat(output()).contains(id, "EXHAUSTED", "https://example.com/hook", "job-1");
    assertThat(runWebhooks("list", "--tenant", "other")).isZero();
    assertThat(output()).contains("There are no deliveries like that.");
    assertThat(runWebhooks("list", "--reason", "bored")).isEqualTo(2);
    assertThat(runWebhooks("show", id)).isZero();
    assertThat(output()).contains("msg_1", "status 500", "{\"type\":\"job.succeeded\"}");

    // When
    assertThat(runWebhooks("replay", id, "--dry-run")).isZero();
    assertThat(output()).contains("1 would be replayed");
    assertThat(runWebhooks("replay", "--all", "--reason", "EXHAUSTED")).isZero();
    assertThat(output()).contains("1 replayed, 0 were before");
    assertThat(runWebhooks("replay", id)).isZero();

    // Then
    assertThat(output()).contains("0 replayed, 1 were before");
    List<WebhookDelivery> replays = new ArrayList<>();
    try (TopicReader reader =
        new TopicReader(kafka.bootstrapServers(), Topic.WEBHOOK_REPLAYS.name())) {
      reader.read(null, record -> replays.add(replay(record.value())));
    }
    assertThat(replays).containsExactly(delivery);
  }

  private static WebhookDelivery replay(byte[] value) {
    try {
      return MessageCodec.WEBHOOK_DELIVERIES.decode(value);
    } catch (DecodeException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DeadLetter letter(String topic, DeadLetterReason reason, byte[] value) {
    return DeadLetter.newBuilder()
        .setReason(reason)
        .setDetail("expected something else")
        .setTopic(topic)
        .setPartition(3)
        .setOffset(9)
        .setRecordTimestamp(NOON)
        .setRejectedAt(NOON)
        .setKey(ByteBuffer.wrap("the key".getBytes(StandardCharsets.UTF_8)))
        .setValue(ByteBuffer.wrap(value))
        .setHeaders(
            List.of(
                new RecordHeader(
                    "traceparent", ByteBuffer.wrap("00-ab".getBytes(StandardCharsets.UTF_8)))))
        .build();
  }

  /** Writes a letter; returns its id. */
  private static String bury(DeadLetter letter) throws Exception {
    return write(Topic.DEAD_LETTERS, MessageCodec.DEAD_LETTERS.encode(letter));
  }

  private static String write(Topic topic, byte[] value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "max.request.size",
                Topic.MAX_WRITTEN_BYTES),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      RecordMetadata at =
          producer.send(new ProducerRecord<>(topic.name(), value)).get(30, TimeUnit.SECONDS);
      return at.partition() + ":" + at.offset();
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> replaysOf(String id) {
    String name = "inference.dead-letters-" + id.replace(':', '@');
    List<ConsumerRecord<byte[], byte[]>> replays = new ArrayList<>();
    try (TopicReader reader = new TopicReader(kafka.bootstrapServers(), Topic.REQUESTS.name())) {
      reader.read(
          null,
          record -> {
            Header header = record.headers().lastHeader("millrace-replay-of");
            if (new String(header.value(), StandardCharsets.UTF_8).equals(name)) {
              replays.add(record);
            }
          });
    }
    return replays;
  }

  private String output() {
    return written.toString(StandardCharsets.UTF_8);
  }

  private int run(String... arguments) {
    return execute("dead-letters", arguments);
  }

  private int runWebhooks(String... arguments) {
    return execute("webhooks", arguments);
  }

  private int execute(String command, String... arguments) {
    written.reset();
    List<String> line = new ArrayList<>(List.of(command));
    line.addAll(List.of(arguments));
    line.addAll(List.of("--kafka", kafka.bootstrapServers(), "--data-dir", directory.toString()));
    Terminal terminal =
        new Terminal(new PrintStream(written, true, StandardCharsets.UTF_8), 0, false);
    return MillraceCommand.commandLine(terminal)
        .setErr(new PrintWriter(err, true))
        .execute(line.toArray(String[]::new));
  }
}
