package io.millrace.webhooks;

import static org.awaitility.Awaitility.await;

import io.millrace.cache.RedisConfig;
import io.millrace.cache.RedisWebhookDeliveryStore;
import io.millrace.cache.WebhookDeliveryStatus;
import io.millrace.cache.WebhookDeliveryStore;
import io.millrace.embedded.EmbeddedKafka;
import io.millrace.embedded.EmbeddedRedis;
import io.millrace.kafka.Topics;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.WebhookDeadLetter;
import io.millrace.webhooks.config.WebhooksConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The job on a Flink of its own, with a real broker and a real Redis. */
final class JobStack implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  private final Path secrets;
  private final EmbeddedKafka kafka;
  private final EmbeddedRedis redis;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> deadLetters;
  private final Map<String, WebhookDeadLetter> byJob = new HashMap<>();
  private final WebhookDeliveryStore statuses;
  private final JobClient job;

  private JobStack(Path directory) throws Exception {
    secrets = directory.resolve("secrets.yaml");
    secrets("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
    redis = EmbeddedRedis.start(directory.resolve("redis"), 0);
    Map<String, Object> broker = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (Admin admin = Admin.create(broker)) {
      Topics.create(admin, Topic.ALL);
    }
    producer = new KafkaProducer<>(broker, new ByteArraySerializer(), new ByteArraySerializer());
    deadLetters =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "group.id", "test",
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    deadLetters.subscribe(List.of(Topic.WEBHOOK_DEAD_LETTERS.name()));
    statuses = RedisWebhookDeliveryStore.open(RedisConfig.of(redis.uri()), Duration.ofHours(1));
    job = submit(config(directory));
  }

  static JobStack start(Path directory) throws Exception {
    return new JobStack(directory);
  }

  /** Fast retries, no timeout within a test, and little room. */
  private WebhooksConfig config(Path directory) {
    Map<String, String> variables = new HashMap<>();
    Map.of(
            "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
            "REDIS_URI", redis.uri(),
            "SECRETS_FILE", secrets.toString(),
            "SECRETS_CHECK_INTERVAL", "0s",
            "DELIVERY_SCHEDULE", "10ms, 10ms, 10ms",
            "DELIVERY_TIMEOUT", "9m",
            "DELIVERY_MAX_IN_FLIGHT", "2",
            "ADDRESSES_ALLOWED_NETWORKS", "127.0.0.0/8",
            "ADDRESSES_HTTP_ALLOWED", "true",
            "CHECKPOINTS_DIRECTORY", directory.resolve("checkpoints").toUri().toString())
        .forEach((name, value) -> variables.put(WebhooksConfig.ENVIRONMENT_PREFIX + name, value));
    return WebhooksConfig.load(null, variables);
  }

  private static JobClient submit(WebhooksConfig config) throws Exception {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(WebhooksJob.flinkConfiguration(config));
    WebhooksJob.build(environment, config);
    return environment.executeAsync(WebhooksJob.NAME);
  }

  /** Gives the receivers' tenant other secrets, newest first. */
  void secrets(String... newestFirst) throws Exception {
    Files.writeString(secrets, "tenants: {acme: [" + String.join(", ", newestFirst) + "]}");
  }

  void finish(InferenceResult result) throws Exception {
    write(Topic.RESULTS, MessageCodec.RESULTS.encode(result));
  }

  void write(Topic topic, byte[] value) throws Exception {
    producer.send(new ProducerRecord<>(topic.name(), value)).get();
  }

  Optional<WebhookDeliveryStatus> status(String jobId) throws Exception {
    return statuses.find(jobId).get();
  }

  /** Waits for the dead letter of a job to be committed. */
  WebhookDeadLetter deadLetter(String jobId) {
    return await()
        .atMost(TIMEOUT)
        .until(
            () -> {
              deadLetters.poll(Duration.ofMillis(100)).forEach(r -> keep(r.key(), r.value()));
              return byJob.get(jobId);
            },
            letter -> letter != null);
  }

  private void keep(byte[] key, byte[] value) {
    try {
      byJob.put(
          new String(key, StandardCharsets.UTF_8), MessageCodec.WEBHOOK_DEAD_LETTERS.decode(value));
    } catch (DecodeException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws Exception {
    job.cancel().get();
    var unused = job.getJobExecutionResult().handle((result, cancelled) -> result).get();
    statuses.close();
    deadLetters.close();
    producer.close();
    redis.close();
    kafka.close();
  }
}
