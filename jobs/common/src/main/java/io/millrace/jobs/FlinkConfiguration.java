package io.millrace.jobs;

import io.millrace.jobs.config.Checkpoints;
import io.millrace.jobs.config.Restart;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;

/** How Flink runs the streaming jobs. */
public final class FlinkConfiguration {

  /** Key groups, and so the most subtasks: state of another number cannot be restored. */
  public static final int MAX_PARALLELISM = 128;

  /** How long a record waits at most for others to cross the network with. */
  private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(5);

  private FlinkConfiguration() {}

  /** What a job wants of Flink; what the cluster already says stays below it. */
  public static Configuration of(Checkpoints checkpoints, Restart restart) {
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
    flink.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpoints.interval());
    flink.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, checkpoints.timeout());
    flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.directory());
    flink.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);

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
}
