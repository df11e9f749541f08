package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.embedded.EmbeddedKafka;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.RolloutAction;
import io.millrace.schemas.avro.RolloutCommand;
import io.millrace.schemas.avro.RolloutCommandAction;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutPhase;
import io.millrace.schemas.avro.Traffic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class RolloutDecisionSinkIT {

  private static final Logger LOG = LoggerFactory.getLogger(RolloutDecisionSinkIT.class);
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path directory;

  /** The job makes no checkpoint and does not end: nothing but the record itself is sent. */
  @Test
  void aDecisionIsSentWithoutACheckpoint() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0);
        Admin admin =
            Admin.create(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
      Topics.create(admin, List.of(Topic.ROLLOUTS, Topic.ROLLOUT_COMMANDS));
      JobClient job = start(kafka);
      try (Producer<byte[], byte[]> commands = producer(kafka);
          Consumer<byte[], byte[]> decisions = consumer(kafka)) {
        List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
          long sent = System.nanoTime();
          commands.send(command("command-" + i)).get();
          int expected = i;
          await()
              .atMost(Duration.ofMinutes(1))
              .until(
                  () -> {
                    decisions.poll(Duration.ofMillis(10)).forEach(read::add);
                    return read.size() == expected;
                  });
          LOG.info("There and back: {} ms", (System.nanoTime() - sent) / 1_000_000);
        }

        assertThat(read)
            .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
            .containsOnly("m");
        assertThat(MessageCodec.ROLLOUT_DECISIONS.decode(read.get(4).value()).getCommandId())
            .isEqualTo("command-5");
      } finally {
        job.cancel().get();
      }
    }
  }

  private static JobClient start(EmbeddedKafka kafka) throws Exception {
    KafkaConfig config =
        new KafkaConfig(kafka.bootstrapServers(), "group", "prefix", Duration.ofMinutes(1));
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1);
    environment
        .fromSource(
            KafkaSources.rolloutCommands(config), WatermarkStrategy.noWatermarks(), "commands")
        .map(new Answer())
        .sinkTo(KafkaSinks.rolloutDecisions(config));
    return environment.executeAsync();
  }

  private static final class Answer implements MapFunction<ReceivedRecord, RolloutDecision> {

    private static final long serialVersionUID = 1L;

    @Override
    public RolloutDecision map(ReceivedRecord received) throws Exception {
      byte[] value = received.value();
      RolloutCommand command =
          MessageCodec.ROLLOUT_COMMANDS.decode(value == null ? new byte[0] : value);
      return RolloutDecision.newBuilder()
          .setModel(command.getModel())
          .setRevision(command.getRevision())
          .setSequence(1)
          .setAction(RolloutAction.ABORT)
          .setPhase(RolloutPhase.ROLLED_BACK)
          .setTraffic(new Traffic("1.0.0", null, 0.0, 0.0))
          .setBy(command.getBy())
          .setCommandId(command.getId())
          .setReason("asked for")
          .setDecidedAt(TIME)
          .build();
    }
  }

  private static ProducerRecord<byte[], byte[]> command(String id) {
    return new ProducerRecord<>(
        Topic.ROLLOUT_COMMANDS.name(),
        "m".getBytes(StandardCharsets.UTF_8),
        MessageCodec.ROLLOUT_COMMANDS.encode(
            RolloutCommand.newBuilder()
                .setId(id)
                .setModel("m")
                .setRevision(2)
                .setAction(RolloutCommandAction.ABORT)
                .setBy("key-1")
                .setRequestedAt(TIME)
                .build()));
  }

  private static Producer<byte[], byte[]> producer(EmbeddedKafka kafka) {
    return new KafkaProducer<>(
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static Consumer<byte[], byte[]> consumer(EmbeddedKafka kafka) {
    Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(List.of(new TopicPartition(Topic.ROLLOUTS.name(), 0)));
    return consumer;
  }
}
