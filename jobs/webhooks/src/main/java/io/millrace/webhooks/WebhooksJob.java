package io.millrace.webhooks;

import io.millrace.jobs.FlinkConfiguration;
import io.millrace.jobs.publish.StoreSink;
import io.millrace.kafka.KafkaSinks;
import io.millrace.kafka.KafkaSources;
import io.millrace.kafka.ReceivedRecord;
import io.millrace.webhooks.config.WebhooksConfig;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The webhooks job between Kafka, Redis and the receivers. */
public final class WebhooksJob {

  public static final String NAME = "millrace-webhooks";

  /** Statuses in flight to Redis a subtask. */
  private static final int STATUS_IN_FLIGHT = 256;

  private WebhooksJob() {}

  /** What the job wants of Flink; what the cluster already says stays below it. */
  public static Configuration flinkConfiguration(WebhooksConfig config) {
    return FlinkConfiguration.of(config.checkpoints(), config.restart());
  }

  /** Adds the job, with Kafka, Redis and HTTP at its ends, to the environment. */
  public static void build(StreamExecutionEnvironment environment, WebhooksConfig config) {
    config.kafka().verifySecurity();
    environment.setParallelism(config.parallelism());
    new WebhooksTopology(config, new HttpSenderFactory(config))
        .build(
            read(environment, KafkaSources.results(config.kafka()), "results", OperatorIds.RESULTS),
            read(
                environment,
                KafkaSources.webhookReplays(config.kafka()),
                "replays",
                OperatorIds.REPLAYS),
            new WebhooksTopology.Sinks(
                KafkaSinks.webhookDeadLetters(config.kafka()),
                new StoreSink<>(
                    "webhook status", new RedisStatusFactory(config.redis()), STATUS_IN_FLIGHT),
                KafkaSinks.deadLetters(config.kafka())));
  }

  /** Event time means nothing here. */
  private static DataStream<ReceivedRecord> read(
      StreamExecutionEnvironment environment,
      Source<ReceivedRecord, ?, ?> source,
      String name,
      String uid) {
    return environment.fromSource(source, WatermarkStrategy.noWatermarks(), name).uid(uid);
  }
}
