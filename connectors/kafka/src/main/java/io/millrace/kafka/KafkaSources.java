package io.millrace.kafka;

import io.millrace.schemas.Topic;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Sources of the contracts' topics. */
public final class KafkaSources {

  private KafkaSources() {}

  /**
   * Commands, from where the group stopped, or from the beginning when it never ran: so a job that
   * lost its checkpoints goes on rather than starting over.
   */
  public static KafkaSource<ReceivedRecord> commands(KafkaConfig config) {
    return of(
        Topic.REQUESTS, config, OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST));
  }

  /** Deployments, always from the beginning: the topic is compacted and small. */
  public static KafkaSource<ReceivedRecord> deployments(KafkaConfig config) {
    return of(Topic.DEPLOYMENTS, config, OffsetsInitializer.earliest());
  }

  /** Decisions of rollouts, always from the beginning, for the same reason. */
  public static KafkaSource<ReceivedRecord> rolloutDecisions(KafkaConfig config) {
    return of(Topic.ROLLOUTS, config, OffsetsInitializer.earliest());
  }

  /**
   * What operators ask of rollouts, from where the group stopped; one for a past revision is void.
   */
  public static KafkaSource<ReceivedRecord> rolloutCommands(KafkaConfig config) {
    return of(
        Topic.ROLLOUT_COMMANDS,
        config,
        OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST));
  }

  /** The ground truth of jobs, from where the group stopped, or what comes when it never ran. */
  public static KafkaSource<ReceivedRecord> feedback(KafkaConfig config) {
    return of(
        Topic.FEEDBACK, config, OffsetsInitializer.committedOffsets(OffsetResetStrategy.LATEST));
  }

  /** Committed results, from where the group stopped, or from the beginning when it never ran. */
  public static KafkaSource<ReceivedRecord> results(KafkaConfig config) {
    return of(
        Topic.RESULTS, config, OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST));
  }

  /** Webhook deliveries to be made once more, likewise. */
  public static KafkaSource<ReceivedRecord> webhookReplays(KafkaConfig config) {
    return of(
        Topic.WEBHOOK_REPLAYS,
        config,
        OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST));
  }

  private static KafkaSource<ReceivedRecord> of(
      Topic topic, KafkaConfig config, OffsetsInitializer start) {
    Properties properties =
        config.client(Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"));
    return KafkaSource.<ReceivedRecord>builder()
        .setBootstrapServers(config.bootstrapServers())
        .setProperties(properties)
        .setGroupId(config.consumerGroup())
        .setClientIdPrefix(config.consumerGroup() + "-" + topic.name())
        .setTopics(topic.name())
        .setStartingOffsets(start)
        .setDeserializer(new ReceivedRecordDeserializer())
        .build();
  }
}
