package io.millrace.evaluation.replay;

import io.millrace.security.KafkaCluster;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to be replayed.
 *
 * @param repository directory of the model packages
 * @param version that is asked again
 * @param kafka whose log is replayed
 * @param from of the requests' timestamps
 * @param to before which they are
 * @param pricePerHour of a running model; null when nobody said
 */
public record ReplayRequest(
    Path repository,
    String model,
    String version,
    KafkaCluster kafka,
    Instant from,
    Instant to,
    @Nullable Double pricePerHour) {

  public ReplayRequest {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "A replay from %s to %s, expected the first to be earlier".formatted(from, to));
    }
    if (pricePerHour != null && !(pricePerHour >= 0 && Double.isFinite(pricePerHour))) {
      throw new IllegalArgumentException(
          "A price per hour of %s, expected 0 or more".formatted(pricePerHour));
    }
  }
}
