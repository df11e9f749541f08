package io.millrace.evaluation.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a report was written.
 *
 * @param json for machines
 * @param page for people: one file that loads nothing else
 */
public record ReportFiles(Path json, Path page) {

  /** Writes {@code report.json} and {@code report.html}, over older ones. */
  public static ReportFiles write(EvaluationReport report, Path directory) throws IOException {
    return write(ReportJson.of(report), EvaluationPage.of(report), directory);
  }

  /** Likewise. */
  public static ReportFiles write(ReplayReport report, Path directory) throws IOException {
    return write(ReportJson.of(report), ReplayPage.of(report), directory);
  }

  private static ReportFiles write(String json, String page, Path directory) throws IOException {
    Files.createDirectories(directory);
    return new ReportFiles(
        Files.writeString(directory.resolve("report.json"), json),
        Files.writeString(directory.resolve("report.html"), page));
  }
}
