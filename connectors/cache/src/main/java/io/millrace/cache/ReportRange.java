package io.millrace.cache;

import java.time.Instant;

/**
 * Which windows are to be read.
 *
 * @param from the first start of a window
 * @param until the end of the starts, exclusive
 * @param maxReports after how many reports to stop, at the end of a window
 */
public record ReportRange(Instant from, Instant until, int maxReports) {

  public ReportRange {
    if (maxReports < 1) {
      throw new IllegalArgumentException("maxReports must be at least 1, but is " + maxReports);
    }
  }
}
