package io.millrace.inference.state;

import io.millrace.embedded.EmbeddedKafka;
import io.millrace.kafka.Topics;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.Feedback;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.RolloutDecision;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A broker with the topics of Millrace, what tests write to it and what they read of it. */
public final class Broker implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final String CONSUMER_GROUP = "millrace-inference";

  private final EmbeddedKafka kafka;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> written = new ConcurrentHashMap<>();
  private final List<InferenceResult> results = new ArrayList<>();

  private Broker(EmbeddedKafka kafka) {
    this.kafka = kafka;
    admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    Topics.create(admin, Topic.ALL);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                "false"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (int i = 0; i < Topic.RESULTS.partitions(); i++) {
      partitions.add(new TopicPartition(Topic.RESULTS.name(), i));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  public static Broker start(Path directory) {
    return new Broker(EmbeddedKafka.start(directory, 0));
  }

  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  public void send(InferenceCommand command) throws Exception {
    send(Topic.REQUESTS, command.getFingerprint(), MessageCodec.COMMANDS.encode(command));
  }

  /** Writes a command as if it had come at another time. */
  public void send(InferenceCommand command, Instant at) throws Exception {
    send(Topic.REQUESTS, at, command.getFingerprint(), MessageCodec.COMMANDS.encode(command));
  }

  public void tell(Feedback feedback) throws Exception {
    send(Topic.FEEDBACK, feedback.getJobId(), MessageCodec.FEEDBACK.encode(feedback));
  }

  public void deploy(Deployment deployment) throws Exception {
    send(Topic.DEPLOYMENTS, deployment.getModel(), MessageCodec.DEPLOYMENTS.encode(deployment));
  }

  /** Writes a decision as the rollout controller does. */
  public void decide(RolloutDecision decision) throws Exception {
    send(Topic.ROLLOUTS, decision.getModel(), MessageCodec.ROLLOUT_DECISIONS.encode(decision));
  }

  /** All decisions so far, in their order. */
  public List<RolloutDecision> decisions() throws DecodeException {
    return read(Topic.ROLLOUTS, MessageCodec.ROLLOUT_DECISIONS);
  }

  /** All records of a topic of one partition so far, in their order. */
  public <T extends SpecificRecordBase> List<T> read(Topic topic, MessageCodec<T> codec)
      throws DecodeException {
    TopicPartition partition = new TopicPartition(topic.name(), 0);
    List<T> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> reader =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      reader.assign(List.of(partition));
      reader.seekToBeginning(List.of(partition));
      long end = reader.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (reader.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
          values.add(codec.decode(record.value()));
        }
      }
    }
    return values;
  }

  /** Takes the place of a record that a job has read before and must not read again. */
  void fill(Topic topic, String key) throws Exception {
    send(topic, key, "read before".getBytes(StandardCharsets.UTF_8));
  }

  /** How many dead letters there are, of open transactions too. */
  long deadLetters() throws Exception {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int i = 0; i < Topic.DEAD_LETTERS.partitions(); i++) {
      ends.put(new TopicPartition(Topic.DEAD_LETTERS.name(), i), OffsetSpec.latest());
    }
    return admin.listOffsets(ends).all().get().values().stream()
        .mapToLong(ListOffsetsResult.ListOffsetsResultInfo::offset)
        .sum();
  }

  /** All results that are committed by now, in the order of their partitions. */
  public List<InferenceResult> committedResults() throws DecodeException {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        results.add(MessageCodec.RESULTS.decode(record.value()));
      }
    }
    return List.copyOf(results);
  }

  /**
   * The committed results by job.
   *
   * @throws IllegalStateException when a job has two
   */
  public Map<String, InferenceResult> resultsByJob() throws DecodeException {
    return committedResults().stream()
        .collect(Collectors.toMap(InferenceResult::getJobId, Function.identity()));
  }

  /**
   * Whether a completed checkpoint has all that was written behind it: the records are then in the
   * state of the operators or answered.
   */
  boolean everythingIsCheckpointed() throws Exception {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(CONSUMER_GROUP).partitionsToOffsetAndMetadata().get();
    return written.entrySet().stream()
        .allMatch(
            end -> {
              OffsetAndMetadata offset = committed.get(end.getKey());
              return offset != null && offset.offset() >= end.getValue();
            });
  }

  private void send(Topic topic, String key, byte[] value) throws Exception {
    send(topic, null, key, value);
  }

  private void send(Topic topic, @Nullable Instant time, String key, byte[] value)
      throws Exception {
    RecordMetadata at =
        producer
            .send(
                new ProducerRecord<>(
                    topic.name(),
                    null,
                    time == null ? null : time.toEpochMilli(),
                    key.getBytes(StandardCharsets.UTF_8),
                    value))
            .get();
    written.merge(new TopicPartition(at.topic(), at.partition()), at.offset() + 1, Math::max);
  }

  @Override
  public void close() {
    consumer.close();
    producer.close();
    admin.close();
    kafka.close();
  }
}
