package io.millrace.local.cluster;

import org.jspecify.annotations.Nullable;

/**
 * A part as {@code cluster status} shows it.
 *
 * @param part its name
 * @param health what is known of it
 * @param pid of its process, or of the last one
 * @param seconds since that was started
 * @param restarts how often it was started again
 * @param residentBytes the memory that it has; 0 where the system does not tell
 * @param address where people find it
 * @param lastEnd how its last process ended; null when none has
 */
public record PartView(
    String part,
    Health health,
    long pid,
    long seconds,
    int restarts,
    long residentBytes,
    String address,
    @Nullable String lastEnd) {

  /** What is known of a part. */
  public enum Health {
    /** It serves. */
    UP,
    /** Its process lives, but does not serve, or not yet. */
    STARTING,
    /** Its process does not live. */
    DOWN
  }
}
