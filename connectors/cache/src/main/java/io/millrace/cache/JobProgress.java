package io.millrace.cache;

import java.util.Map;

/**
 * How far a job is with the topic that it reads.
 *
 * @param positions by partition, the offset that it reads next; without partitions that it has read
 *     nothing of since it started
 * @param inFlight records that were read and are not finished
 */
public record JobProgress(Map<Integer, Long> positions, long inFlight) {

  public JobProgress {
    positions = Map.copyOf(positions);
  }
}
