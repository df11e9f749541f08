package io.millrace.ingress;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * {@code millrace.http.*}: bounds of the HTTP side.
 *
 * @param maxInFlight submissions between arrival and the log's acknowledgement; above it 503
 * @param maxWaiting requests that wait for a result at once; above it the answer comes without
 * @param maxWait the longest wait that a client may ask for
 * @param maxQueueTime how long a submission may wait for a thread before it is refused
 * @param workerThreads threads that read bodies and write to the log
 * @param maxRequestBytes the largest body, in bytes
 * @param maxInputs the most input tensors in a request
 * @param shutdownGrace how long stopping waits for requests under way
 */
@ConfigurationProperties("millrace.http")
public record HttpSettings(
    @Bindable(defaultValue = "4096") int maxInFlight,
    @Bindable(defaultValue = "4096") int maxWaiting,
    @Bindable(defaultValue = "60s") Duration maxWait,
    @Bindable(defaultValue = "2s") Duration maxQueueTime,
    @Bindable(defaultValue = "8") int workerThreads,
    @Bindable(defaultValue = "1048576") int maxRequestBytes,
    @Bindable(defaultValue = "64") int maxInputs,
    @Bindable(defaultValue = "15s") Duration shutdownGrace) {

  private static final String PREFIX = "millrace.http.";

  /**
   * @throws IllegalArgumentException when a value is out of its range; says the key and the range
   */
  public HttpSettings {
    Settings.between(PREFIX + "max-in-flight", maxInFlight, 1, 1_000_000);
    Settings.between(PREFIX + "max-waiting", maxWaiting, 0, 1_000_000);
    Settings.between(PREFIX + "max-wait", maxWait, Duration.ZERO, Duration.ofSeconds(60));
    Settings.between(
        PREFIX + "max-queue-time", maxQueueTime, Duration.ofMillis(1), Duration.ofSeconds(60));
    Settings.between(PREFIX + "worker-threads", workerThreads, 1, 1_000);
    Settings.between(PREFIX + "max-request-bytes", maxRequestBytes, 1_024, 64 * 1_024 * 1_024);
    Settings.between(PREFIX + "max-inputs", maxInputs, 1, 10_000);
    Settings.between(
        PREFIX + "shutdown-grace", shutdownGrace, Duration.ZERO, Duration.ofMinutes(10));
  }
}
