package io.millrace.jobs;

import io.millrace.jobs.config.Checkpoints;
import io.millrace.jobs.config.Restart;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.rocksdb.CompressionType;

/** How Flink runs the streaming jobs. */
public final class FlinkConfiguration {

  /** Key groups, and so the most subtasks: state of another number cannot be restored. */
  public static final int MAX_PARALLELISM = 128;

  /**
   * How long a request waits at most for others to cross the network with, in milliseconds: for
   * {@code setBufferTimeout} of the operators that hand it on. Flink's 100 ms would be most of a
   * request's time when there are few. All others keep those: each output has a thread that looks
   * that often, and what they carry is in no hurry.
   */
  public static final long REQUEST_BUFFER_TIMEOUT_MILLIS = 5;

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

    state(flink);
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

  /**
   * RocksDB for keys that are mostly new, and many: a filter tells in which files a key cannot be.
   * Filters and indexes are cut up, since a cache of some ten megabytes has shards of about one,
   * which drop the whole ones of a 64 MB file as soon as they have read them. What changes most is
   * not compressed: its blocks are unpacked whole for one entry of a hundred bytes.
   */
  private static void state(Configuration flink) {
    flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    flink.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
    flink.set(RocksDBOptions.USE_PARTITIONED_INDEX_FILTERS, true);
    flink.set(
        RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL,
        List.of(
            CompressionType.NO_COMPRESSION,
            CompressionType.NO_COMPRESSION,
            CompressionType.LZ4_COMPRESSION));
  }
}
