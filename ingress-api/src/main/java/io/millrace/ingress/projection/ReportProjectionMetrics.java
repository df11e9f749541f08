package io.millrace.ingress.projection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.cache.ReportKind;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The metrics of the projection of reports: those of {@link FollowerMetrics}, and {@code
 * millrace_report_projection_written_total} by report.
 */
@Singleton
public final class ReportProjectionMetrics {

  private final FollowerMetrics follower;
  private final Map<ReportKind, Counter> written = new EnumMap<>(ReportKind.class);

  public ReportProjectionMetrics(MeterRegistry registry) {
    follower = new FollowerMetrics(registry, ReportEntries.NAME, List.copyOf(ReportEntries.TOPICS));
    for (ReportKind kind : ReportKind.values()) {
      written.put(
          kind,
          Counter.builder("millrace.report.projection.written")
              .description("Reports that the read side lacked")
              .tag("report", kind.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  FollowerMetrics follower() {
    return follower;
  }

  void wrote(ReportKind kind) {
    Objects.requireNonNull(written.get(kind)).increment();
  }
}
