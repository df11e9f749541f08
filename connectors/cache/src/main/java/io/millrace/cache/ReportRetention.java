package io.millrace.cache;

import java.time.Duration;

/**
 * How long a report is kept since its window ended.
 *
 * @param minutes of windows shorter than an hour
 * @param hours of windows shorter than a day
 * @param days of the others
 */
public record ReportRetention(Duration minutes, Duration hours, Duration days) {

  public static final ReportRetention DEFAULT =
      new ReportRetention(Duration.ofHours(24), Duration.ofDays(30), Duration.ofDays(400));

  public ReportRetention {
    RedisConfig.checkAtLeastOneMilli("minutes", minutes);
    RedisConfig.checkAtLeastOneMilli("hours", hours);
    RedisConfig.checkAtLeastOneMilli("days", days);
  }

  /** How long reports of windows of a length are kept. */
  public Duration of(Duration window) {
    if (window.compareTo(Duration.ofHours(1)) < 0) {
      return minutes;
    }
    return window.compareTo(Duration.ofDays(1)) < 0 ? hours : days;
  }

  /** The longest of all. */
  public Duration longest() {
    Duration longer = minutes.compareTo(hours) > 0 ? minutes : hours;
    return longer.compareTo(days) > 0 ? longer : days;
  }
}
