package io.millrace.cache;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the records of a topic are in the job store.
 *
 * @param offsets by partition, the offset to go on from; without those that were never read
 * @param completeUntil every record that was in the topic at this time is in the store; empty when
 *     a partition has not been read to its end yet
 */
public record TopicProgress(Map<Integer, Long> offsets, Optional<Instant> completeUntil) {

  public TopicProgress {
    offsets = Map.copyOf(offsets);
  }

  /** The offset to go on from; null when the partition was never read. */
  public @Nullable Long offset(int partition) {
    return offsets.get(partition);
  }

  /**
   * A step of a partition.
   *
   * @param partition which
   * @param partitions how many partitions the topic has
   * @param from the offset that the store has now; null for none
   * @param to the offset to go on from
   * @param completeUntil every record that was in the partition at this time is in the store; null
   *     when that is not known
   */
  public record Step(
      int partition,
      int partitions,
      @Nullable Long from,
      long to,
      @Nullable Instant completeUntil) {}
}
