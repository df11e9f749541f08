package io.millrace.ingress.reports;

import io.millrace.cache.ReportRange;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which reports a request asks for.
 *
 * @param version null for the one in production, or for all, as the call says
 * @param tenant null for all
 * @param from the first start of a window
 * @param to the end of the starts, exclusive
 * @param at a moment of the one window that is wanted; null for all in the range
 */
record ReportQuery(
    Duration window,
    @Nullable String version,
    String segment,
    @Nullable String tenant,
    Instant from,
    Instant to,
    @Nullable Instant at,
    ReportFormat format) {

  /** The range of the starts of windows. */
  ReportRange range(int maxReports) {
    return at == null
        ? new ReportRange(from, to, maxReports)
        : new ReportRange(at.minus(window).plusMillis(1), at.plusMillis(1), maxReports);
  }
}
