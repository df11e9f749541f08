package io.millrace.kafka;

import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.CostReport;
import io.millrace.schemas.avro.DeadLetter;
import io.millrace.schemas.avro.DriftReport;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.QualityReport;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.WebhookDeadLetter;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Sinks of the contracts' topics. */
public final class KafkaSinks {

  private KafkaSinks() {}

  /** Results, exactly once for a {@code read_committed} consumer. */
  public static KafkaSink<InferenceResult> results(KafkaConfig config) {
    return exactlyOnce(config, "results", new ResultSerializer());
  }

  /** Dead letters, exactly once as well, so that a replay of them doubles nothing. */
  public static KafkaSink<DeadLetter> deadLetters(KafkaConfig config) {
    return exactlyOnce(config, "dead-letters", new DeadLetterSerializer());
  }

  /** Webhook deliveries that were given up, exactly once, for the same reason. */
  public static KafkaSink<WebhookDeadLetter> webhookDeadLetters(KafkaConfig config) {
    return exactlyOnce(config, "webhook-dead-letters", new WebhookDeadLetterSerializer());
  }

  /**
   * Proposed decisions, sent at once and outside of transactions: a rollback must not wait for a
   * checkpoint. After a failure one may come twice; readers take the first of a revision and
   * sequence.
   */
  public static KafkaSink<RolloutDecision> rolloutDecisions(KafkaConfig config) {
    Properties properties =
        config.client(
            Map.of(ProducerConfig.ACKS_CONFIG, "all", ProducerConfig.LINGER_MS_CONFIG, "0"));
    return KafkaSink.<RolloutDecision>builder()
        .setBootstrapServers(config.bootstrapServers())
        .setKafkaProducerConfig(properties)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(new RolloutDecisionSerializer())
        .build();
  }

  /** Reports of drift, at least once: readers take the highest revision of a window. */
  public static KafkaSink<DriftReport> driftReports(KafkaConfig config) {
    return atLeastOnce(config, new DriftReportSerializer());
  }

  /** Reports of quality, at least once. */
  public static KafkaSink<QualityReport> qualityReports(KafkaConfig config) {
    return atLeastOnce(config, new QualityReportSerializer());
  }

  /** Reports of cost, at least once. */
  public static KafkaSink<CostReport> costReports(KafkaConfig config) {
    return atLeastOnce(config, new CostReportSerializer());
  }

  private static <T> KafkaSink<T> atLeastOnce(
      KafkaConfig config, KafkaRecordSerializationSchema<T> serializer) {
    Properties properties =
        config.client(
            Map.of(
                ProducerConfig.ACKS_CONFIG, "all", ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"));
    return KafkaSink.<T>builder()
        .setBootstrapServers(config.bootstrapServers())
        .setKafkaProducerConfig(properties)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(serializer)
        .build();
  }

  private static <T> KafkaSink<T> exactlyOnce(
      KafkaConfig config, String name, KafkaRecordSerializationSchema<T> serializer) {
    Properties properties = config.client(Map.of());
    properties.setProperty(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
        Long.toString(config.transactionTimeout().toMillis()));
    properties.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    // A record that the producer refuses would fail the job, and again after each restart.
    properties.setProperty(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(Topic.MAX_WRITTEN_BYTES));
    return KafkaSink.<T>builder()
        .setBootstrapServers(config.bootstrapServers())
        .setKafkaProducerConfig(properties)
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(config.transactionalIdPrefix() + "-" + name)
        .setRecordSerializer(serializer)
        .build();
  }
}
