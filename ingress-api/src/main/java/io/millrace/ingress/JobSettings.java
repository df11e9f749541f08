package io.millrace.ingress;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * {@code millrace.jobs.*}: what a job may hold and how it is followed.
 *
 * @param maxElements the most elements of an input tensor
 * @param maxTextBytes the longest element of a BYTES tensor, in bytes of UTF-8
 * @param idempotencyTtl how long an {@code Idempotency-Key} is remembered
 * @param heartbeat how often a stream of events says that it lives
 * @param httpWebhooks whether webhooks may be plain {@code http}, as in the webhooks job
 */
@ConfigurationProperties("millrace.jobs")
public record JobSettings(
    @Bindable(defaultValue = "1000000") int maxElements,
    @Bindable(defaultValue = "262144") int maxTextBytes,
    @Bindable(defaultValue = "24h") Duration idempotencyTtl,
    @Bindable(defaultValue = "15s") Duration heartbeat,
    @Bindable(defaultValue = "false") boolean httpWebhooks) {

  private static final String PREFIX = "millrace.jobs.";

  /**
   * @throws IllegalArgumentException when a value is out of its range; says the key and the range
   */
  public JobSettings {
    Settings.between(PREFIX + "max-elements", maxElements, 1, 100_000_000);
    Settings.between(PREFIX + "max-text-bytes", maxTextBytes, 1, 64 * 1_024 * 1_024);
    Settings.between(
        PREFIX + "idempotency-ttl", idempotencyTtl, Duration.ofMinutes(1), Duration.ofHours(24));
    Settings.between(
        PREFIX + "heartbeat", heartbeat, Duration.ofSeconds(1), Duration.ofSeconds(60));
  }
}
