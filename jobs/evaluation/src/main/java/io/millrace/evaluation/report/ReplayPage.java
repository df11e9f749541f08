package io.millrace.evaluation.report;

import static io.millrace.evaluation.report.Html.Cell.number;
import static io.millrace.evaluation.report.Html.Cell.text;
import static io.millrace.evaluation.report.Numbers.count;
import static io.millrace.evaluation.report.Numbers.decimal;
import static io.millrace.evaluation.report.Numbers.megabytes;
import static io.millrace.evaluation.report.Numbers.milliseconds;
import static io.millrace.evaluation.report.Numbers.percent;

import io.millrace.evaluation.report.Html.Cell;
import io.millrace.evaluation.report.ReplayReport.Answers;
import io.millrace.evaluation.report.ReplayReport.Cost;
import io.millrace.evaluation.report.ReplayReport.Requests;
import io.millrace.statistics.evaluation.OutputDrift;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The page of a replay: in words, then in tables, then in charts. */
final class ReplayPage {

  private final ReplayReport report;
  private final Html html = new Html();

  private ReplayPage(ReplayReport report) {
    this.report = report;
  }

  static String of(ReplayReport report) {
    ReplayPage page = new ReplayPage(report);
    page.write();
    return Page.of(page.title(), "replay", page.html, ReportJson.of(report));
  }

  private String title() {
    return "%s: replay on %s".formatted(report.model(), report.version().version());
  }

  private void write() {
    Answers answers = report.answers();
    summary(answers);
    html.heading("Requests");
    requests();
    if (answers != null) {
      html.heading("Drift between the answers");
      drift(answers);
      html.heading("Charts");
      html.markup(
          "<p class=\"note script-only\">Charts need JavaScript; the tables say the same.</p>");
      html.markup("<div class=\"charts\">\n");
      html.chart("confidences", "Rows by confidence", false);
      html.chart("calls", "Model call, milliseconds", false);
      html.chart("labels", "Rows by label, the largest changes", true);
      html.markup("</div>\n");
      html.heading("Changed labels");
      changes(answers);
      html.heading("Labels");
      labels(answers);
      html.heading("Time and cost");
      timing(answers);
    }
    html.heading("How it was measured");
    html.paragraph(
        "Requests of the range were read from the log and asked again; nothing was written to the"
            + " live topics, and no result cache was asked or filled. Requests whose version the client"
            + " chose, and those without an answer of production, are counted but not compared.");
    html.table(
        "What the figures are of",
        List.of("What", "Value"),
        List.of(
            List.of(text("From"), text(report.range().from().toString())),
            List.of(text("To, not included"), text(report.range().to().toString())),
            List.of(text("Package"), text(megabytes(report.version().sizeBytes()))),
            List.of(text("Replay"), text(report.id())),
            List.of(text("Time"), text(report.createdAt().toString()))));
  }

  private void summary(@Nullable Answers answers) {
    Requests requests = report.requests();
    html.markup("<header>\n<h1>").text(title()).markup("</h1>\n");
    if (answers == null) {
      html.paragraph(
          "Nothing could be compared: of %s requests none was answered by both."
              .formatted(count(requests.total())));
    } else {
      html.paragraph(
          "%s of %s requests were compared. Version %s gives %s of their %s rows the label that production gave."
              .formatted(
                  count(requests.compared()),
                  count(requests.total()),
                  report.version().version(),
                  percent(answers.agreement()),
                  count(answers.rows())));
    }
    html.markup("</header>\n");
  }

  private void requests() {
    Requests requests = report.requests();
    html.table(
        "Each request is counted once",
        List.of("What became of it", "Requests"),
        List.of(
            counted("Compared", requests.compared()),
            counted("The client chose the version (pinned)", requests.pinned()),
            counted("Cancelled", requests.cancelled()),
            counted("Expired", requests.expired()),
            counted("Failed in production", requests.failed()),
            counted("Without a committed result", requests.unanswered()),
            counted("Answered without label and confidence", requests.otherOutputs()),
            counted("Failed in the replay", requests.replayFailed()),
            counted("All", requests.total())));
    if (requests.replayFailure() != null) {
      html.note("The first failure of the replay: " + requests.replayFailure());
    }
    Answers answers = report.answers();
    if (answers != null) {
      html.table(
          "Versions that answered the compared requests",
          List.of("Version", "Requests"),
          answers.productionVersions().entrySet().stream()
              .map(entry -> counted(entry.getKey(), entry.getValue()))
              .toList());
    }
  }

  private void drift(Answers answers) {
    html.table(
        "Production's answers are the reference, %s rows".formatted(count(answers.rows())),
        List.of("Of", "Jensen-Shannon distance", "Population stability index"),
        List.of(
            drift("Labels", answers.labelDrift()), drift("Confidence", answers.confidenceDrift())));
    html.note("From about 0.1 on, either is usually called a drift.");
  }

  private static List<Cell> drift(String name, OutputDrift drift) {
    return List.of(
        text(name), number(decimal(drift.jensenShannon())), number(decimal(drift.psi())));
  }

  private void changes(Answers answers) {
    if (answers.changes().isEmpty()) {
      html.paragraph("None.");
      return;
    }
    html.table(
        "Rows whose label differs, the most frequent first",
        List.of("Production", "Replay", "Rows"),
        answers.changes().stream()
            .map(
                change ->
                    List.of(text(change.from()), text(change.to()), number(count(change.rows()))))
            .toList());
  }

  private void labels(Answers answers) {
    Html table = new Html();
    table.table(
        "Rows that got each label, the largest change first",
        List.of("Label", "Production", "Replay", "Difference"),
        answers.labels().stream()
            .map(
                share ->
                    List.of(
                        text(share.label()),
                        number(count(share.production())),
                        number(count(share.replay())),
                        number(
                            String.format(
                                Locale.ROOT, "%+,d", share.replay() - share.production()))))
            .toList());
    html.details(answers.labels().size() + " labels", table);
  }

  private void timing(Answers answers) {
    html.table(
        "Time",
        List.of("What", "Requests", "Median", "95th percentile", "99th percentile"),
        List.of(
            latency("Production, from accepted to completed", answers.timing().production()),
            latency("Production, model call", answers.timing().productionCall()),
            latency("Replay, model call", answers.timing().replayCall())));
    html.note(
        "Model calls are of the requests that production computed itself. The batches of the replay"
            + " were others, and so was the load: only the evaluation measures speed under equal"
            + " conditions.");
    Cost cost = answers.cost();
    html.table(
        "Model time of %s requests that production computed".formatted(count(cost.requests())),
        List.of("What", "Production", "Replay"),
        List.of(
            List.of(
                text("Model seconds"),
                number(decimal(cost.productionSeconds())),
                number(decimal(cost.replaySeconds()))),
            List.of(
                text(
                    cost.pricePerHour() == null
                        ? "Cost, no price given"
                        : "Cost at %s an hour".formatted(cost.pricePerHour())),
                number(money(cost.productionCost())),
                number(money(cost.replayCost())))));
  }

  private static List<Cell> latency(String name, Latency latency) {
    return List.of(
        text(name),
        number(count(latency.n())),
        number(milliseconds(latency.p50())),
        number(milliseconds(latency.p95())),
        number(milliseconds(latency.p99())));
  }

  private static List<Cell> counted(String name, long requests) {
    return List.of(text(name), number(count(requests)));
  }

  private static String money(@Nullable Double cost) {
    return cost == null ? "–" : String.format(Locale.ROOT, "%.6f", cost);
  }
}
