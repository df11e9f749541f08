package io.millrace.webhooks.deliver;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many deliveries are not done, by the minute in which they came. Bounded by how long
 * deliveries are tried, so that a backlog of any length can be counted in memory. Written by one
 * thread.
 */
final class PendingAges implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();

  private static final long NONE = Long.MIN_VALUE;

  private final TreeMap<Long, Long> counts = new TreeMap<>();

  // Read by the threads that report metrics.
  private volatile long total;
  private volatile long oldestMinute = NONE;

  /** The deliveries of one minute; state. */
  public record Minute(long minute, long deliveries) {}

  void add(long queuedAt) {
    add(queuedAt / MINUTE_MILLIS, 1);
  }

  void remove(long queuedAt) {
    add(queuedAt / MINUTE_MILLIS, -1);
  }

  void add(Minute minute) {
    add(minute.minute(), minute.deliveries());
  }

  /**
   * After a rescale a subtask may end deliveries that another one counts, so less than 0 is kept.
   */
  private void add(long minute, long deliveries) {
    long sum = counts.getOrDefault(minute, 0L) + deliveries;
    if (sum == 0) {
      counts.remove(minute);
    } else {
      counts.put(minute, sum);
    }
    long newTotal = total + deliveries;
    total = newTotal;
    oldestMinute = oldest();
  }

  private long oldest() {
    for (Map.Entry<Long, Long> entry : counts.entrySet()) {
      if (entry.getValue() > 0) {
        return entry.getKey();
      }
    }
    return NONE;
  }

  List<Minute> minutes() {
    List<Minute> minutes = new ArrayList<>();
    counts.forEach((minute, deliveries) -> minutes.add(new Minute(minute, deliveries)));
    return minutes;
  }

  long total() {
    return total;
  }

  /** Seconds since the oldest one came, to the minute; 0 when there is none. */
  long oldestSeconds(long now) {
    long minute = oldestMinute;
    return minute == NONE ? 0 : Math.max(0, now - minute * MINUTE_MILLIS) / 1_000;
  }
}
