package io.millrace.local.evaluation;

import io.millrace.evaluation.report.ReplayReport;
import io.millrace.evaluation.report.ReplayReport.Answers;
import io.millrace.evaluation.report.ReplayReport.Requests;
import io.millrace.evaluation.report.ReportFiles;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.terminal.TextTable;
import io.millrace.local.terminal.TextTable.Align;
import java.util.Locale;

/** What a replay ended with, for the terminal. */
final class ReplayView {

  private ReplayView() {}

  static void print(ReplayReport report, ReportFiles files, Terminal terminal) {
    Requests requests = report.requests();
    TextTable table =
        new TextTable(Align.LEFT, Align.RIGHT)
            .row("requests", count(requests.total()))
            .row("compared", count(requests.compared()))
            .row("pinned", count(requests.pinned()))
            .row("cancelled", count(requests.cancelled()))
            .row("expired", count(requests.expired()))
            .row("failed in production", count(requests.failed()))
            .row("without a result", count(requests.unanswered()))
            .row("other outputs", count(requests.otherOutputs()))
            .row("failed in the replay", count(requests.replayFailed()));
    Answers answers = report.answers();
    if (answers != null) {
      table
          .row("agreement", format("%.2f%%", 100 * answers.agreement()))
          .row("drift of labels (JS)", format("%.4f", answers.labelDrift().jensenShannon()))
          .row(
              "drift of confidence (JS)", format("%.4f", answers.confidenceDrift().jensenShannon()))
          .row("model seconds, production", format("%.3f", answers.cost().productionSeconds()))
          .row("model seconds, replay", format("%.3f", answers.cost().replaySeconds()));
    }
    table.lines().forEach(terminal::line);
    terminal.line();
    terminal.line("Report   " + files.page());
    terminal.line("as JSON  " + files.json());
  }

  private static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
