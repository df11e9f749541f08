package io.millrace.local.flink;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A job's checkpoints since the JobManager took it over.
 *
 * @param latest of each kind
 */
public record CheckpointStatistics(Counts counts, Latest latest) {

  /** How many there were. */
  public record Counts(
      long restored,
      long total,
      @JsonProperty("in_progress") long inProgress,
      long completed,
      long failed) {}

  /** The latest ones; null where there is none. */
  public record Latest(
      @Nullable Checkpoint completed,
      @Nullable Checkpoint savepoint,
      @Nullable Restored restored) {}

  /**
   * A completed checkpoint or savepoint.
   *
   * @param path where it lies
   * @param triggered milliseconds since 1970; likewise acknowledged, by the last subtask
   * @param bytes its state, those that it shares with others too
   */
  public record Checkpoint(
      long id,
      @JsonProperty("external_path") String path,
      @JsonProperty("trigger_timestamp") long triggered,
      @JsonProperty("latest_ack_timestamp") long acknowledged,
      @JsonProperty("end_to_end_duration") long millis,
      @JsonProperty("state_size") long bytes) {}

  /**
   * A checkpoint or savepoint that the job started from.
   *
   * @param at milliseconds since 1970
   */
  public record Restored(
      long id,
      @JsonProperty("restore_timestamp") long at,
      @JsonProperty("external_path") @Nullable String path) {}
}
