package io.millrace.inference;

import io.millrace.inference.config.InferenceConfig;
import io.millrace.inference.infer.SharedPreloader;
import io.millrace.inference.infer.SharedServiceFactory;
import io.millrace.inference.publish.JobStoreSink;
import io.millrace.inference.publish.RedisStoreFactory;
import io.millrace.kafka.KafkaSinks;
import io.millrace.kafka.KafkaSources;
import io.millrace.kafka.ReceivedRecord;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The inference job between Kafka and Redis. */
public final class InferenceJob {

  public static final String NAME = "millrace-inference";

  /** Key groups, and so the most subtasks: state of another number cannot be restored. */
  static final int MAX_PARALLELISM = 128;

  /** Results in flight to Redis a subtask. */
  private static final int JOB_STORE_IN_FLIGHT = 256;

  /** How long a record waits at most for others to cross the network with. */
  private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(5);

  /** How far records of one partition may be out of order. */
  private static final Duration OUT_OF_ORDERNESS = Duration.ofSeconds(5);

  /** After which a quiet partition no longer holds back event time. */
  private static final Duration IDLENESS = Duration.ofSeconds(10);

  private InferenceJob() {}

  /** What the job wants of Flink; what the cluster already says stays below it. */
  public static Configuration flinkConfiguration(InferenceConfig config) {
    Configuration flink = new Configuration();
    // A type that falls to Kryo, or an operator without a uid, would be found when state is
    // restored, too late: the job does not start with either.
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    flink.set(PipelineOptions.OBJECT_REUSE, true);
    flink.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    // Flink's 100 ms would be most of a request's time when there are few.
    flink.set(ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);

    flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    InferenceConfig.Checkpoints checkpoints = config.checkpoints();
    flink.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpoints.interval());
    flink.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, checkpoints.timeout());
    flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.directory());
    flink.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);

    InferenceConfig.Restart restart = config.restart();
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        restart.initialBackoff());
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        restart.maxBackoff());
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
        restart.resetAfter());
    return flink;
  }

  /** Adds the job, with Kafka and Redis at its ends, to the environment. */
  public static void build(StreamExecutionEnvironment environment, InferenceConfig config) {
    environment.setParallelism(config.parallelism());
    DataStream<ReceivedRecord> requests =
        environment
            .fromSource(
                KafkaSources.commands(config.kafka()),
                WatermarkStrategy.<ReceivedRecord>forBoundedOutOfOrderness(OUT_OF_ORDERNESS)
                    .withIdleness(IDLENESS),
                "requests")
            .uid(OperatorIds.REQUESTS);
    DataStream<ReceivedRecord> deployments =
        environment
            .fromSource(
                KafkaSources.deployments(config.kafka()),
                WatermarkStrategy.<ReceivedRecord>noWatermarks().withIdleness(IDLENESS),
                "deployments")
            .uid(OperatorIds.DEPLOYMENTS)
            .setParallelism(1);
    new InferenceTopology(
            config,
            new SharedPreloader(config.models()),
            new SharedServiceFactory(config.models(), config.redis(), config.tracing()))
        .build(
            requests,
            deployments,
            new InferenceTopology.Sinks(
                KafkaSinks.results(config.kafka()),
                new JobStoreSink(
                    new RedisStoreFactory(config.redis()), JOB_STORE_IN_FLIGHT, config.tracing()),
                KafkaSinks.deadLetters(config.kafka())));
  }
}
