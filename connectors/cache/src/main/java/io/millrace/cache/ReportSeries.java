package io.millrace.cache;

import java.time.Duration;
import java.time.Instant;

/**
 * Reports that follow each other: of one version, windows of one length, and one segment.
 *
 * @param segment {@code all}, or {@code <dimension>=<value>}; always {@code all} of costs
 */
public record ReportSeries(
    ReportKind kind, String model, String version, Duration window, String segment) {

  /** The segment of all requests. */
  public static final String ALL = "all";

  /**
   * A series that has reports.
   *
   * @param lastStart the start of its latest window
   */
  public record Known(ReportSeries series, Instant lastStart) {}

  /** The series in keys. Only the segment, which is last, may have a colon. */
  String id() {
    return kind.label() + ":" + model + ":" + member();
  }

  /** The series among those of its model. */
  String member() {
    return version + ":" + window.toMillis() + ":" + segment;
  }

  /**
   * @throws CorruptEntryException when it is none
   */
  static ReportSeries of(ReportKind kind, String model, String member) {
    String[] parts = member.split(":", 3);
    try {
      return new ReportSeries(
          kind, model, parts[0], Duration.ofMillis(Long.parseLong(parts[1])), parts[2]);
    } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
      throw new CorruptEntryException(
          "The list of reports of " + model + " in Redis cannot be read", e);
    }
  }
}
