package io.millrace.ingress;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * {@code millrace.backpressure.*}: when the queue is full.
 *
 * @param maxDepth jobs that are accepted and not finished, above which submissions are refused
 * @param maxWait how long a job may have to wait at the rate at which jobs are finished; above it
 *     submissions are refused
 * @param reopenPercent of both, below which submissions are taken again
 * @param interval how often the queue is measured
 * @param consumerGroup the inference job's, whose progress counts
 */
@ConfigurationProperties("millrace.backpressure")
public record BackpressureSettings(
    @Bindable(defaultValue = "20000") int maxDepth,
    @Bindable(defaultValue = "30s") Duration maxWait,
    @Bindable(defaultValue = "75") int reopenPercent,
    @Bindable(defaultValue = "250ms") Duration interval,
    @Bindable(defaultValue = "millrace-inference") String consumerGroup) {

  private static final String PREFIX = "millrace.backpressure.";

  /**
   * @throws IllegalArgumentException when a value is out of its range; says the key and the range
   */
  public BackpressureSettings {
    Settings.between(PREFIX + "max-depth", maxDepth, 1, 1_000_000_000);
    Settings.between(PREFIX + "max-wait", maxWait, Duration.ofMillis(100), Duration.ofHours(24));
    Settings.between(PREFIX + "reopen-percent", reopenPercent, 1, 100);
    Settings.between(PREFIX + "interval", interval, Duration.ofMillis(50), Duration.ofSeconds(5));
    Settings.present(PREFIX + "consumer-group", consumerGroup, "the name of a consumer group");
  }
}
