package io.millrace.ingress.projection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.schemas.Topic;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * The metrics of the projection. Prometheus sees {@code millrace_job_projection_lag_records} by
 * topic, {@code millrace_job_projection_written_total} by entry, {@code
 * millrace_job_projection_starts_total} and {@code millrace_job_projection_skipped_total}.
 */
@Singleton
public final class ProjectionMetrics {

  private final Map<String, AtomicLong> lags;
  private final Counter accepted;
  private final Counter finished;
  private final Counter starts;
  private final Counter skipped;

  public ProjectionMetrics(MeterRegistry registry) {
    lags =
        List.of(Topic.REQUESTS, Topic.RESULTS).stream()
            .map(Topic::name)
            .collect(Collectors.toMap(topic -> topic, topic -> new AtomicLong()));
    lags.forEach(
        (topic, lag) ->
            Gauge.builder("millrace.job.projection.lag.records", lag::get)
                .description("Records that the read side lacks, of the partitions read here")
                .tag("topic", topic)
                .register(registry));
    accepted = written(registry, "accepted");
    finished = written(registry, "finished");
    starts =
        Counter.builder("millrace.job.projection.starts")
            .description("Partitions read anew because the read side knew nothing of them")
            .register(registry);
    skipped =
        Counter.builder("millrace.job.projection.skipped")
            .description("Records passed over because they cannot be understood")
            .register(registry);
  }

  private static Counter written(MeterRegistry registry, String entry) {
    return Counter.builder("millrace.job.projection.written")
        .description("Entries that the read side lacked")
        .tag("entry", entry)
        .register(registry);
  }

  void wroteAccepted() {
    accepted.increment();
  }

  void wroteFinished() {
    finished.increment();
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
