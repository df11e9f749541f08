package io.millrace.cache;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reports by the start of their window, ascending.
 *
 * @param next the start of the first window that was left out; empty when all were read
 */
public record ReportPage<T>(List<T> reports, Optional<Instant> next) {

  public ReportPage {
    reports = List.copyOf(reports);
  }
}
