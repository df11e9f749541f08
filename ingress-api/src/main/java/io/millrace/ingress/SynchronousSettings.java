package io.millrace.ingress;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * {@code millrace.synchronous.*}: calls that answer with the result itself, under {@code /v2} and
 * {@code /v1/embeddings}.
 *
 * @param maxWait the longest time that a call waits for its result; then 504, and the job goes on
 * @param maxTexts the most texts in a call for embeddings; each is a job
 */
@ConfigurationProperties("millrace.synchronous")
public record SynchronousSettings(
    @Bindable(defaultValue = "60s") Duration maxWait,
    @Bindable(defaultValue = "2048") int maxTexts) {

  private static final String PREFIX = "millrace.synchronous.";

  /**
   * @throws IllegalArgumentException when a value is out of its range; says the key and the range
   */
  public SynchronousSettings {
    Settings.between(PREFIX + "max-wait", maxWait, Duration.ofMillis(100), Duration.ofMinutes(4));
    Settings.between(PREFIX + "max-texts", maxTexts, 1, 100_000);
  }
}
