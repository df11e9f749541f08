package io.millrace.inference.report;

import java.time.Instant;

/**
 * The window that a report is of.
 *
 * @param end exclusive
 * @param revision how often it was issued before
 */
public record ReportWindow(
    String model,
    String version,
    String segment,
    Instant start,
    Instant end,
    int revision,
    Instant createdAt) {}
