package io.millrace.evaluation.report;

import static io.millrace.evaluation.report.Html.Cell.number;
import static io.millrace.evaluation.report.Html.Cell.text;
import static io.millrace.evaluation.report.Numbers.count;
import static io.millrace.evaluation.report.Numbers.decimal;
import static io.millrace.evaluation.report.Numbers.megabytes;
import static io.millrace.evaluation.report.Numbers.milliseconds;
import static io.millrace.evaluation.report.Numbers.perSecond;
import static io.millrace.evaluation.report.Numbers.percent;
import static io.millrace.evaluation.report.Numbers.probability;
import static io.millrace.evaluation.report.Numbers.ratio;
import static io.millrace.evaluation.report.Numbers.signed;

import io.millrace.evaluation.report.Html.Cell;
import io.millrace.evaluation.report.Html.Look;
import io.millrace.evaluation.speed.VersionSpeed;
import io.millrace.statistics.evaluation.Calibration;
import io.millrace.statistics.evaluation.ClassChange;
import io.millrace.statistics.evaluation.McNemar;
import io.millrace.statistics.evaluation.PairedBootstrap;
import io.millrace.statistics.evaluation.PairedBootstrap.Interval;
import io.millrace.statistics.evaluation.VersionComparison;
import io.millrace.statistics.evaluation.VersionQuality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page of an evaluation: in words, then in tables, then in charts. */
final class EvaluationPage {

  private static final int MOST_CONFUSIONS = 12;
  private static final int HEATS = 5;

  /** Below this, a class's F1 is called the same. */
  private static final double SAME = 5e-5;

  private final EvaluationReport report;
  private final VersionComparison quality;
  private final Html html = new Html();

  private EvaluationPage(EvaluationReport report) {
    this.report = report;
    this.quality = report.quality();
  }

  static String of(EvaluationReport report) {
    EvaluationPage page = new EvaluationPage(report);
    page.write();
    return Page.of(page.title(), "evaluation", page.html, ReportJson.of(report));
  }

  private String title() {
    return "%s: %s against %s"
        .formatted(report.model(), report.candidate().version(), report.production().version());
  }

  private void write() {
    summary();
    html.heading("Figures");
    figures();
    html.heading("Limits");
    limits();
    html.heading("Charts");
    html.markup(
        "<p class=\"note script-only\">Charts need JavaScript; the tables say the same.</p>");
    html.markup("<div class=\"charts\">\n");
    html.chart("calibration-production", "Reliability of production", false);
    html.chart("calibration-candidate", "Reliability of the candidate", false);
    html.chart("latency", "Latency of one item, milliseconds", false);
    html.chart("throughput", "Throughput of each round, rows a second", false);
    html.chart("classes", "F1 by class, candidate minus production", true);
    html.markup("</div>\n");
    html.heading("Classes that the candidate confuses most");
    confusions();
    html.heading("Classes");
    classes();
    html.heading("Calibration");
    calibration();
    html.heading("How it was measured");
    method();
  }

  private void summary() {
    boolean passed = report.passed();
    html.markup("<header class=\"" + (passed ? "passed" : "failed") + "\">\n<h1>")
        .text(title())
        .markup(" <span class=\"badge\">" + (passed ? "passed" : "failed") + "</span></h1>\n<p>");
    if (passed) {
      html.text(
          "The candidate %s may replace %s: it holds all %d limits."
              .formatted(
                  report.candidate().version(),
                  report.production().version(),
                  report.verdict().checks().size()));
    } else {
      html.text(
          "The candidate %s must not replace %s: it breaks %d of %d limits."
              .formatted(
                  report.candidate().version(),
                  report.production().version(),
                  report.verdict().failures().size(),
                  report.verdict().checks().size()));
      html.markup("</p>\n<ul>\n");
      report
          .verdict()
          .failures()
          .forEach(failure -> html.markup("<li>").text(failure).markup("</li>\n"));
      html.markup("</ul>\n<p>");
    }
    html.markup("</p>\n");
    Interval accuracy = quality.differences().accuracy();
    html.paragraph(
        "It is right on %s of %s rows and production on %s, %s points (95%% interval %s to %s). Both give the same label to %s of the rows."
            .formatted(
                percent(quality.candidate().accuracy()),
                count(quality.rows()),
                percent(quality.production().accuracy()),
                signedPoints(accuracy.estimate()),
                signedPoints(accuracy.lower()),
                signedPoints(accuracy.upper()),
                percent(quality.agreement())));
    html.paragraph(
        "It does %s times the work in the same time, and its package is %s times as large."
            .formatted(two(report.speed().throughputRatio()), two(report.sizeRatio())));
    html.markup("</header>\n");
  }

  private void figures() {
    VersionQuality before = quality.production();
    VersionQuality after = quality.candidate();
    VersionSpeed slow = report.speed().production();
    VersionSpeed fast = report.speed().candidate();
    List<List<Cell>> rows = new ArrayList<>();
    rows.add(
        quality("Accuracy", before.accuracy(), after.accuracy(), quality.differences().accuracy()));
    rows.add(
        quality("Macro F1", before.macroF1(), after.macroF1(), quality.differences().macroF1()));
    rows.add(
        quality("Log loss", before.logLoss(), after.logLoss(), quality.differences().logLoss()));
    rows.add(
        row(
            "Expected calibration error",
            decimal(before.calibration().ece()),
            decimal(after.calibration().ece()),
            signed(after.calibration().ece() - before.calibration().ece()),
            ""));
    rows.add(
        row(
            "Throughput",
            perSecond(slow.rowsPerSecond()),
            perSecond(fast.rowsPerSecond()),
            ratio(report.speed().throughputRatio()),
            ""));
    rows.add(latency("Latency, median", slow, fast, VersionSpeed.Latency::p50));
    rows.add(latency("Latency, 95th percentile", slow, fast, VersionSpeed.Latency::p95));
    rows.add(latency("Latency, 99th percentile", slow, fast, VersionSpeed.Latency::p99));
    rows.add(
        row(
            "Package",
            megabytes(report.production().sizeBytes()),
            megabytes(report.candidate().sizeBytes()),
            ratio(report.sizeRatio()),
            ""));
    html.table(
        "Quality on " + count(quality.rows()) + " labelled rows, speed and size",
        List.of(
            "Figure",
            "Production " + report.production().version(),
            "Candidate " + report.candidate().version(),
            "Difference or ratio",
            "95% interval"),
        rows);
    McNemar test = quality.mcNemar();
    html.note(
        "Production alone is right on %s rows, the candidate alone on %s: McNemar's test (%s) gives p = %s for the hypothesis that neither is better."
            .formatted(
                count(test.productionOnly()),
                count(test.candidateOnly()),
                test.exact() ? "exact" : "chi-square with continuity correction",
                probability(test.pValue())));
  }

  private interface Quantile {
    double of(VersionSpeed.Latency latency);
  }

  private static List<Cell> latency(
      String name, VersionSpeed before, VersionSpeed after, Quantile quantile) {
    double slow = quantile.of(before.latencySeconds());
    double fast = quantile.of(after.latencySeconds());
    return row(name, milliseconds(slow), milliseconds(fast), ratio(fast / slow), "");
  }

  private static List<Cell> quality(String name, double before, double after, Interval difference) {
    return row(
        name,
        decimal(before),
        decimal(after),
        signed(difference.estimate()),
        signed(difference.lower()) + " to " + signed(difference.upper()));
  }

  private static List<Cell> row(String name, String... values) {
    List<Cell> row = new ArrayList<>();
    row.add(text(name));
    for (String value : values) {
      row.add(number(value));
    }
    return row;
  }

  private void limits() {
    html.table(
        "What the candidate must hold",
        List.of("Limit", "Found", "Verdict"),
        report.verdict().checks().stream()
            .map(
                check ->
                    List.of(
                        text(check.limit()),
                        text(check.words()),
                        new Cell(
                            check.passed() ? "holds" : "broken",
                            check.passed() ? Look.GOOD : Look.BAD)))
            .toList());
    FailedRows failed = report.failedRows();
    if (failed.example() != null) {
      html.note(
          "Production gave no answer to %d rows, the candidate to %d; they are in no figure. The first reason: %s"
              .formatted(failed.production(), failed.candidate(), failed.example()));
    }
  }

  private void classes() {
    Html table = new Html();
    table.table(
        "Precision, recall and F1 of each class, the greatest loss first",
        List.of(
            "Class",
            "Rows",
            "P before",
            "P after",
            "R before",
            "R after",
            "F1 before",
            "F1 after",
            "F1 difference"),
        quality.classes().stream().map(EvaluationPage::classRow).toList());
    html.details(quality.classes().size() + " classes", table);
  }

  private static List<Cell> classRow(ClassChange change) {
    Look look = Look.NUMBER;
    if (Math.abs(change.f1Difference()) > SAME) {
      look = change.f1Difference() > 0 ? Look.GOOD : Look.BAD;
    }
    return List.of(
        text(change.label()),
        number(count(change.rows())),
        number(decimal(change.production().precision())),
        number(decimal(change.candidate().precision())),
        number(decimal(change.production().recall())),
        number(decimal(change.candidate().recall())),
        number(decimal(change.production().f1())),
        number(decimal(change.candidate().f1())),
        new Cell(signed(change.f1Difference()), look));
  }

  /** A heat map that is a table: readable without colours, and without a script. */
  private void confusions() {
    Map<String, Map<String, Integer>> confusions = quality.confusions();
    if (confusions.isEmpty()) {
      html.paragraph("None: every answer was right.");
      return;
    }
    List<String> columns = columns(confusions);
    html.markup(
        "<div class=\"scroll\"><table class=\"heat\"><caption>Rows: the true class. Columns: what"
            + " the candidate said.</caption>\n<thead><tr><th scope=\"col\">Class</th>");
    columns.forEach(
        column -> html.markup("<th scope=\"col\"><span>").text(column).markup("</span></th>"));
    html.markup("</tr></thead>\n<tbody>\n");
    confusions.forEach(
        (label, predictions) -> {
          int rows = predictions.values().stream().mapToInt(Integer::intValue).sum();
          html.markup("<tr><th scope=\"row\">").text(label).markup("</th>");
          for (String column : columns) {
            int times = predictions.getOrDefault(column, 0);
            html.markup("<td class=\"" + heat(times, rows, label.equals(column)) + "\">")
                .text(times == 0 ? "" : count(times))
                .markup("</td>");
          }
          html.markup("</tr>\n");
        });
    html.markup("</tbody></table></div>\n");
  }

  private static List<String> columns(Map<String, Map<String, Integer>> confusions) {
    Map<String, Integer> wrong = new LinkedHashMap<>();
    confusions.forEach(
        (label, predictions) ->
            predictions.forEach(
                (prediction, times) -> {
                  if (!prediction.equals(label)) {
                    wrong.merge(prediction, times, Integer::sum);
                  }
                }));
    List<String> columns = new ArrayList<>(confusions.keySet());
    wrong.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .filter(column -> !confusions.containsKey(column))
        .limit(MOST_CONFUSIONS)
        .forEach(columns::add);
    return columns;
  }

  private static String heat(int times, int rows, boolean right) {
    if (times == 0) {
      return "heat-0";
    }
    int heat = Math.min(HEATS, 1 + times * HEATS / Math.max(rows, 1));
    return (right ? "right-" : "heat-") + heat;
  }

  private void calibration() {
    Html table = new Html();
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < Calibration.BINS; i++) {
      Calibration.Bin before = quality.production().calibration().bins().get(i);
      Calibration.Bin after = quality.candidate().calibration().bins().get(i);
      rows.add(
          List.of(
              text("over %.3f to %.3f".formatted(before.from(), before.to())),
              number(count(before.rows())),
              number(decimal(before.meanConfidence())),
              number(decimal(before.accuracy())),
              number(count(after.rows())),
              number(decimal(after.meanConfidence())),
              number(decimal(after.accuracy()))));
    }
    table.table(
        "Confidence and accuracy in bins of equal width",
        List.of(
            "Confidence",
            "Rows, production",
            "Mean confidence",
            "Accuracy",
            "Rows, candidate",
            "Mean confidence",
            "Accuracy"),
        rows);
    html.paragraph(
        "A calibrated model is right as often as it is sure. The expected calibration error is the"
            + " mean gap between the two, weighted by rows (Guo et al., 2017).");
    html.details(Calibration.BINS + " bins", table);
  }

  private void method() {
    int resamples = PairedBootstrap.DEFAULT.resamples();
    List<List<Cell>> rows =
        List.of(
            List.of(text("Data"), text(report.data().name())),
            List.of(text("SHA-256"), text(report.data().sha256())),
            List.of(
                text("Rows"),
                text(
                    "%s, of which %s were answered by both"
                        .formatted(count(report.data().rows()), count(quality.rows())))),
            List.of(text("Encoder of production"), text(or(report.production().encoder()))),
            List.of(text("Encoder of the candidate"), text(or(report.candidate().encoder()))),
            List.of(
                text("Intervals"),
                text(
                    "paired bootstrap, percentile, %s resamples, fixed seed"
                        .formatted(count(resamples)))),
            List.of(
                text("Speed"),
                text(
                    "each version alone, in turn, in batches as the runtime makes them; latency of one"
                        + " item at a time; medians of the rounds")),
            List.of(text("Evaluation"), text(report.id())),
            List.of(text("Time"), text(report.createdAt().toString())));
    html.table("What the figures are of", List.of("What", "Value"), rows);
  }

  private static String or(@Nullable String name) {
    return name == null ? "not named" : name;
  }

  private static String signedPoints(double share) {
    return String.format(Locale.ROOT, "%+.2f", 100 * share);
  }

  private static String two(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
