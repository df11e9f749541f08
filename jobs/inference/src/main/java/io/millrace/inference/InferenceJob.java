package io.millrace.inference;

import io.millrace.inference.config.InferenceConfig;
import io.millrace.inference.infer.Sampling;
import io.millrace.inference.infer.SharedPreloader;
import io.millrace.inference.infer.SharedServiceFactory;
import io.millrace.inference.progress.RedisProgressFactory;
import io.millrace.inference.progress.SharedProgress;
import io.millrace.inference.publish.RedisStatusFactory;
import io.millrace.inference.publish.RedisStoreFactory;
import io.millrace.inference.reference.SharedReferences;
import io.millrace.jobs.FlinkConfiguration;
import io.millrace.jobs.publish.StoreSink;
import io.millrace.kafka.KafkaSinks;
import io.millrace.kafka.KafkaSources;
import io.millrace.kafka.ReceivedRecord;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The inference job between Kafka and Redis. */
public final class InferenceJob {

  public static final String NAME = "millrace-inference";

  /** Results in flight to Redis a subtask. */
  private static final int JOB_STORE_IN_FLIGHT = 256;

  /** Statuses of rollouts in flight to Redis. */
  private static final int STATUS_IN_FLIGHT = 16;

  /** How far records of one partition may be out of order. */
  private static final Duration OUT_OF_ORDERNESS = Duration.ofSeconds(5);

  /** After which a quiet partition no longer holds back event time. */
  private static final Duration IDLENESS = Duration.ofSeconds(10);

  private InferenceJob() {}

  /** What the job wants of Flink; what the cluster already says stays below it. */
  public static Configuration flinkConfiguration(InferenceConfig config) {
    return FlinkConfiguration.of(config.checkpoints(), config.restart());
  }

  /** Adds the job, with Kafka and Redis at its ends, to the environment. */
  public static void build(StreamExecutionEnvironment environment, InferenceConfig config) {
    config.kafka().verifySecurity();
    environment.setParallelism(config.parallelism());
    new InferenceTopology(
            config,
            new SharedPreloader(config.models()),
            new SharedServiceFactory(
                config.models(),
                config.redis(),
                config.infer(),
                config.tracing(),
                sampling(config)),
            new SharedProgress(
                new RedisProgressFactory(config.redis(), config.kafka().consumerGroup())),
            new SharedReferences(config.models()))
        .build(
            sources(environment, config),
            new InferenceTopology.Sinks(
                KafkaSinks.results(config.kafka()),
                new StoreSink<>(
                    "job store",
                    new RedisStoreFactory(config.redis(), config.tracing()),
                    JOB_STORE_IN_FLIGHT),
                KafkaSinks.rolloutDecisions(config.kafka()),
                new StoreSink<>(
                    "rollout status", new RedisStatusFactory(config.redis()), STATUS_IN_FLIGHT),
                KafkaSinks.deadLetters(config.kafka()),
                KafkaSinks.driftReports(config.kafka()),
                KafkaSinks.qualityReports(config.kafka()),
                KafkaSinks.costReports(config.kafka())));
  }

  /** What is told of answers: nothing when nobody looks. */
  private static Sampling sampling(InferenceConfig config) {
    return config.isObserving() ? Sampling.by(config.drift().dimensions()) : Sampling.OFF;
  }

  /** Kafka's topics, and a clock. */
  public static InferenceTopology.Sources sources(
      StreamExecutionEnvironment environment, InferenceConfig config) {
    return new InferenceTopology.Sources(
        environment
            .fromSource(
                KafkaSources.commands(config.kafka()),
                WatermarkStrategy.<ReceivedRecord>forBoundedOutOfOrderness(OUT_OF_ORDERNESS)
                    .withIdleness(IDLENESS),
                OperatorIds.REQUESTS)
            .uid(OperatorIds.REQUESTS),
        log(environment, KafkaSources.deployments(config.kafka()), OperatorIds.DEPLOYMENTS),
        log(environment, KafkaSources.rolloutDecisions(config.kafka()), OperatorIds.DECISIONS),
        log(environment, KafkaSources.rolloutCommands(config.kafka()), OperatorIds.COMMANDS),
        environment
            .fromSource(
                KafkaSources.feedback(config.kafka()),
                new OutsideOfTime<ReceivedRecord>(),
                OperatorIds.FEEDBACK)
            .uid(OperatorIds.FEEDBACK),
        beats(environment));
  }

  /** What operators and the rollout controller write: little, and in its order. */
  private static DataStream<ReceivedRecord> log(
      StreamExecutionEnvironment environment, KafkaSource<ReceivedRecord> source, String id) {
    return environment
        .fromSource(source, new OutsideOfTime<ReceivedRecord>(), id)
        .uid(id)
        .setParallelism(1);
  }

  /** Something four times a second. */
  private static DataStream<Long> beats(StreamExecutionEnvironment environment) {
    return environment
        .fromSource(
            new DataGeneratorSource<>(
                beat -> beat, Long.MAX_VALUE, RateLimiterStrategy.perSecond(4), Types.LONG),
            new OutsideOfTime<Long>(),
            OperatorIds.BEATS)
        .uid(OperatorIds.BEATS)
        .setParallelism(1);
  }
}
