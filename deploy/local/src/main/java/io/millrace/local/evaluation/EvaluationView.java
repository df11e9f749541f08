package io.millrace.local.evaluation;

import io.millrace.evaluation.report.EvaluationReport;
import io.millrace.evaluation.report.ReportFiles;
import io.millrace.evaluation.speed.VersionSpeed;
import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.terminal.TextTable;
import io.millrace.local.terminal.TextTable.Align;
import io.millrace.statistics.evaluation.VersionComparison;
import io.millrace.statistics.evaluation.VersionQuality;
import java.util.Locale;

/** What an evaluation ended with, for the terminal. */
final class EvaluationView {

  private EvaluationView() {}

  static void print(EvaluationReport report, ReportFiles files, Terminal terminal) {
    VersionComparison quality = report.quality();
    VersionQuality before = quality.production();
    VersionQuality after = quality.candidate();
    VersionSpeed slow = report.speed().production();
    VersionSpeed fast = report.speed().candidate();
    TextTable table =
        new TextTable(Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT)
            .header(
                "",
                "production " + report.production().version(),
                "candidate " + report.candidate().version(),
                "difference")
            .row(
                "accuracy",
                decimal(before.accuracy()),
                decimal(after.accuracy()),
                signed(quality.differences().accuracy().estimate()))
            .row(
                "macro F1",
                decimal(before.macroF1()),
                decimal(after.macroF1()),
                signed(quality.differences().macroF1().estimate()))
            .row(
                "ECE",
                decimal(before.calibration().ece()),
                decimal(after.calibration().ece()),
                signed(after.calibration().ece() - before.calibration().ece()))
            .row("agreement", "", format("%.2f%%", 100 * quality.agreement()), "")
            .row(
                "rows a second",
                format("%,.0f", slow.rowsPerSecond()),
                format("%,.0f", fast.rowsPerSecond()),
                format("x %.2f", report.speed().throughputRatio()))
            .row(
                "p99 of one item",
                format("%.1f ms", 1e3 * slow.latencySeconds().p99()),
                format("%.1f ms", 1e3 * fast.latencySeconds().p99()),
                format("x %.2f", report.speed().latencyP99Ratio()))
            .row(
                "package",
                format("%.1f MB", report.production().sizeBytes() / 1e6),
                format("%.1f MB", report.candidate().sizeBytes() / 1e6),
                format("x %.2f", report.sizeRatio()));
    table.lines().forEach(terminal::line);
    terminal.line();
    terminal.line(
        report.passed()
            ? terminal.styled(Style.GREEN, "Passed: it holds every limit.")
            : terminal.styled(Style.RED, "Failed:"));
    report.verdict().failures().forEach(failure -> terminal.line("  " + failure));
    terminal.line();
    terminal.line("Report   " + files.page());
    terminal.line("as JSON  " + files.json());
  }

  private static String decimal(double value) {
    return format("%.4f", value);
  }

  private static String signed(double value) {
    return format("%+.4f", value);
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
