package io.millrace.ingress;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.millrace.cache.ReportRetention;
import java.time.Duration;

/**
 * {@code millrace.reports.*}: reports of drift, quality and cost. How long one is kept counts from
 * the end of its window.
 *
 * @param minutesTtl of windows shorter than an hour
 * @param hoursTtl of windows shorter than a day
 * @param daysTtl of longer windows
 * @param maxWindows the most windows between {@code from} and {@code to} of a request
 */
@ConfigurationProperties("millrace.reports")
public record ReportSettings(
    @Bindable(defaultValue = "24h") Duration minutesTtl,
    @Bindable(defaultValue = "30d") Duration hoursTtl,
    @Bindable(defaultValue = "400d") Duration daysTtl,
    @Bindable(defaultValue = "1500") int maxWindows) {

  private static final String PREFIX = "millrace.reports.";
  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofDays(3_660);

  /**
   * @throws IllegalArgumentException when a value is out of its range; says the key and the range
   */
  public ReportSettings {
    Settings.between(PREFIX + "minutes-ttl", minutesTtl, LEAST, MOST);
    Settings.between(PREFIX + "hours-ttl", hoursTtl, LEAST, MOST);
    Settings.between(PREFIX + "days-ttl", daysTtl, LEAST, MOST);
    Settings.between(PREFIX + "max-windows", maxWindows, 1, 10_000);
  }

  /** How long the store keeps reports. */
  ReportRetention retention() {
    return new ReportRetention(minutesTtl, hoursTtl, daysTtl);
  }
}
