package io.millrace.ingress.projection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * The metrics of following the topics of a projection. Prometheus sees {@code
 * millrace_<projection>_projection_lag_records} by topic, {@code
 * millrace_<projection>_projection_starts_total} and {@code
 * millrace_<projection>_projection_skipped_total}.
 */
final class FollowerMetrics {

  private final Map<String, AtomicLong> lags;
  private final Counter starts;
  private final Counter skipped;

  FollowerMetrics(MeterRegistry registry, String projection, Collection<String> topics) {
    String prefix = "millrace." + projection + ".projection.";
    lags = topics.stream().collect(Collectors.toMap(topic -> topic, topic -> new AtomicLong()));
    lags.forEach(
        (topic, lag) ->
            Gauge.builder(prefix + "lag.records", lag::get)
                .description("Records that the read side lacks, of the partitions read here")
                .tag("topic", topic)
                .register(registry));
    starts =
        Counter.builder(prefix + "starts")
            .description("Partitions read anew because the read side knew nothing of them")
            .register(registry);
    skipped =
        Counter.builder(prefix + "skipped")
            .description("Records passed over because they cannot be understood")
            .register(registry);
  }

  void started() {
    starts.increment();
  }

  void skipped() {
    skipped.increment();
  }

  /** Shows how many records are not read yet, by topic. */
  void showLag(Map<String, Long> lagByTopic) {
    lags.forEach((topic, lag) -> lag.set(lagByTopic.getOrDefault(topic, 0L)));
  }
}
