package io.millrace.ingress;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.millrace.cache.JobStore;
import io.millrace.cache.ProgressStore;
import io.millrace.cache.RedisConfig;
import io.millrace.cache.RedisJobStore;
import io.millrace.cache.RedisProgressStore;
import io.millrace.embedded.EmbeddedKafka;
import io.millrace.embedded.EmbeddedRedis;
import io.millrace.ingress.deployments.DeploymentLog;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.ModelMetadata;
import io.millrace.schemas.avro.TensorMetadata;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A real broker and a real Redis for tests of the API, with the topics and one deployed model. */
final class TestStack implements AutoCloseable {

  static final String MODEL = "support-desk";

  /** The inference job's. */
  static final String GROUP = "millrace-inference";

  /** A registered model that makes vectors of three components of texts. */
  static final String EMBEDDER = "embedder";

  private final Path directory;
  private EmbeddedKafka kafka;
  private EmbeddedRedis redis;

  private TestStack(Path directory, EmbeddedKafka kafka, EmbeddedRedis redis) {
    this.directory = directory;
    this.kafka = kafka;
    this.redis = redis;
  }

  static TestStack start(Path directory) throws Exception {
    return start(directory, 1);
  }

  static TestStack start(Path directory, int partitions) throws Exception {
    TestStack stack =
        new TestStack(
            directory,
            EmbeddedKafka.start(directory.resolve("kafka"), 0),
            EmbeddedRedis.start(directory.resolve("redis"), 0));
    try (Admin admin = Admin.create(stack.client())) {
      List<NewTopic> topics =
          Topic.ALL.stream()
              .map(
                  topic ->
                      new NewTopic(
                              topic.name(),
                              topic.equals(Topic.DEPLOYMENTS) ? 1 : partitions,
                              (short) 1)
                          .configs(topic.config()))
              .toList();
      admin.createTopics(topics).all().get(30, TimeUnit.SECONDS);
    }
    stack.deploy(MODEL, "1.0.0", 1);
    return stack;
  }

  /** A server against this stack. */
  IngressServer server(Map<String, Object> more) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("micronaut.server.port", 0);
    properties.put("millrace.kafka.bootstrap-servers", kafka.bootstrapServers());
    properties.put("millrace.redis.uri", redis.uri());
    properties.putAll(more);
    return IngressServer.start(properties);
  }

  void deploy(String model, String version, long revision) throws Exception {
    Deployment deployment =
        Deployment.newBuilder()
            .setModel(model)
            .setVersion(version)
            .setRevision(revision)
            .setUpdatedAt(Instant.parse("2026-11-01T10:00:00Z"))
            .build();
    write(Topic.DEPLOYMENTS, model, MessageCodec.DEPLOYMENTS.encode(deployment));
  }

  /** Deploys and registers the model that makes vectors. */
  void deployEmbedder() throws Exception {
    deploy(EMBEDDER, "1.0.0", 1);
    write(
        Topic.MODEL_VERSIONS,
        EMBEDDER + "/1.0.0",
        MessageCodec.MODEL_METADATA.encode(
            ModelMetadata.newBuilder()
                .setModel(EMBEDDER)
                .setVersion("1.0.0")
                .setTask("text-embedding")
                .setPlatform("onnxruntime_onnx")
                .setInputs(List.of(new TensorMetadata("text", Datatype.BYTES, List.of(-1L))))
                .setOutputs(
                    List.of(new TensorMetadata("embedding", Datatype.FP32, List.of(-1L, 3L))))
                .setRegisteredAt(Instant.parse("2026-11-01T10:00:00Z"))
                .build()));
  }

  void removeEmbedder() throws Exception {
    write(Topic.DEPLOYMENTS, EMBEDDER, null);
    write(Topic.MODEL_VERSIONS, EMBEDDER + "/1.0.0", null);
  }

  void write(Topic topic, String key, byte @Nullable [] value) throws Exception {
    try (Producer<byte[], byte[]> producer = producer()) {
      producer
          .send(new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), value))
          .get(30, TimeUnit.SECONDS);
    }
  }

  Producer<byte[], byte[]> producer() {
    Map<String, Object> config = client();
    config.put("key.serializer", ByteArraySerializer.class);
    config.put("value.serializer", ByteArraySerializer.class);
    return new KafkaProducer<>(config);
  }

  /** A consumer that has all records of the requests' topic before it. */
  KafkaConsumer<byte[], byte[]> requests() {
    Map<String, Object> config = client();
    config.put("key.deserializer", ByteArrayDeserializer.class);
    config.put("value.deserializer", ByteArrayDeserializer.class);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config);
    consumer.assign(
        consumer.partitionsFor(Topic.REQUESTS.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList());
    return consumer;
  }

  /** A consumer of committed records. */
  KafkaConsumer<byte[], byte[]> committed() {
    Map<String, Object> config = client();
    config.put("key.deserializer", ByteArrayDeserializer.class);
    config.put("value.deserializer", ByteArrayDeserializer.class);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return new KafkaConsumer<>(config);
  }

  /** What a server changes deployments with. */
  DeploymentLog deploymentLog(Duration patience) {
    Map<String, Object> config = client();
    config.put("key.serializer", ByteArraySerializer.class);
    config.put("value.serializer", ByteArraySerializer.class);
    config.put("transactional.id", DeploymentLog.TRANSACTIONAL_ID);
    return new DeploymentLog(() -> new KafkaProducer<>(config), this::committed, patience);
  }

  /** The offset behind the last record of the requests' first partition. */
  long endOfRequests() throws Exception {
    TopicPartition first = new TopicPartition(Topic.REQUESTS.name(), 0);
    try (Admin admin = Admin.create(client())) {
      return admin
          .listOffsets(Map.of(first, OffsetSpec.latest()))
          .partitionResult(first)
          .get(30, TimeUnit.SECONDS)
          .offset();
    }
  }

  /** Commits an offset of the requests' first partition, as the job with this group would. */
  void commit(String group, long offset) throws Exception {
    TopicPartition first = new TopicPartition(Topic.REQUESTS.name(), 0);
    try (Admin admin = Admin.create(client())) {
      admin
          .alterConsumerGroupOffsets(group, Map.of(first, new OffsetAndMetadata(offset)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  /** The progress of the inference job. */
  ProgressStore progress() {
    return RedisProgressStore.open(RedisConfig.of(redis.uri()), GROUP);
  }

  RedisConfig redisConfig() {
    return RedisConfig.of(redis.uri());
  }

  JobStore store() {
    return RedisJobStore.open(RedisConfig.of(redis.uri()));
  }

  void stopKafka() {
    kafka.close();
  }

  void startKafka() {
    String servers = kafka.bootstrapServers();
    int port = Integer.parseInt(servers.substring(servers.lastIndexOf(':') + 1));
    kafka = EmbeddedKafka.start(directory.resolve("kafka"), port);
  }

  void stopRedis() {
    redis.close();
  }

  void startRedis() {
    startRedis("redis");
  }

  /** At the same port, but without its data. */
  void startRedisEmpty() {
    startRedis("redis-" + UUID.randomUUID());
  }

  private void startRedis(String data) {
    String uri = redis.uri();
    int port = Integer.parseInt(uri.substring(uri.lastIndexOf(':') + 1));
    redis = EmbeddedRedis.start(directory.resolve(data), port);
  }

  /** Does something to Redis behind the back of what is tested. */
  <T> T redis(Function<RedisCommands<String, byte[]>, T> action) {
    RedisClient client = RedisClient.create(redis.uri());
    try {
      return action.apply(
          client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE)).sync());
    } finally {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
  }

  private Map<String, Object> client() {
    return new HashMap<>(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  @Override
  public void close() {
    kafka.close();
    redis.close();
  }
}
