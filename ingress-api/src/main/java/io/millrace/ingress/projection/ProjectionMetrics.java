package io.millrace.ingress.projection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/**
 * The metrics of the projection of jobs: those of {@link FollowerMetrics}, and {@code
 * millrace_job_projection_written_total} by entry.
 */
@Singleton
public final class ProjectionMetrics {

  private final FollowerMetrics follower;
  private final Counter accepted;
  private final Counter finished;

  public ProjectionMetrics(MeterRegistry registry) {
    follower = new FollowerMetrics(registry, RecordEntries.NAME, RecordEntries.TOPICS);
    accepted = written(registry, "accepted");
    finished = written(registry, "finished");
  }

  private static Counter written(MeterRegistry registry, String entry) {
    return Counter.builder("millrace.job.projection.written")
        .description("Entries that the read side lacked")
        .tag("entry", entry)
        .register(registry);
  }

  FollowerMetrics follower() {
    return follower;
  }

  void wroteAccepted() {
    accepted.increment();
  }

  void wroteFinished() {
    finished.increment();
  }

  void skipped() {
    follower.skipped();
  }
}
