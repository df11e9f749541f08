package io.millrace.ingress;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.millrace.tracing.Tracing;

/**
 * {@code millrace.tracing.*}: which traces are recorded, and where they go.
 *
 * @param endpoint base URL of the OTLP receiver; {@code none} leaves it to OpenTelemetry's own
 *     variables, and without those nothing is recorded
 * @param sampleRate the share, from 0 to 1, of the traces made here that are marked to be recorded;
 *     those that requests bring keep their mark
 */
@ConfigurationProperties("millrace.tracing")
public record TracingSettings(
    @Bindable(defaultValue = "none") String endpoint,
    @Bindable(defaultValue = "1.0") double sampleRate) {

  private static final String PREFIX = "millrace.tracing.";

  /**
   * @throws IllegalArgumentException when a value is out of its range; says the key and the range
   */
  public TracingSettings {
    Tracing.requireEndpoint(PREFIX + "endpoint", endpoint);
    if (!(sampleRate >= 0 && sampleRate <= 1)) {
      throw new IllegalArgumentException(
          PREFIX + "sample-rate: expected a number from 0 to 1, found " + sampleRate);
    }
  }
}
