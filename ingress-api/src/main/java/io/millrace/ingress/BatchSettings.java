package io.millrace.ingress;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * {@code millrace.batch.*}: bounds of {@code jobs:batch}.
 *
 * @param maxItems the most items of a batch
 * @param maxBytes the largest body of a batch, in bytes; each item is bounded as a single request
 * @param maxInFlight batches between arrival and the log's acknowledgement; above it 503
 */
@ConfigurationProperties("millrace.batch")
public record BatchSettings(
    @Bindable(defaultValue = "1000") int maxItems,
    @Bindable(defaultValue = "16777216") int maxBytes,
    @Bindable(defaultValue = "16") int maxInFlight) {

  private static final String PREFIX = "millrace.batch.";

  /**
   * @throws IllegalArgumentException when a value is out of its range; says the key and the range
   */
  public BatchSettings {
    Settings.between(PREFIX + "max-items", maxItems, 1, 10_000);
    Settings.between(PREFIX + "max-bytes", maxBytes, 1_024, 256 * 1_024 * 1_024);
    Settings.between(PREFIX + "max-in-flight", maxInFlight, 1, 1_000);
  }
}
