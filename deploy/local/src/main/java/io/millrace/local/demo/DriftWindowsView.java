package io.millrace.local.demo;

import io.millrace.local.demo.DriftTimeline.Window;
import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.terminal.TextTable;
import io.millrace.local.terminal.TextTable.Align;
import io.millrace.schemas.avro.DriftReport;
import io.millrace.schemas.avro.DriftScore;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows windows as they close, and in the end each feature before and after the shift. */
final class DriftWindowsView {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
  private static final String ROW = "%-8s  %6s  %9s  %9s  %s";

  private final Terminal terminal;
  private final Set<Instant> shown = new HashSet<>();

  DriftWindowsView(Terminal terminal) {
    this.terminal = terminal;
    terminal.line(
        terminal.styled(
            Style.BOLD, ROW.formatted("window", "n", "accuracy", "estimated", "drift")));
  }

  /** Shows those that were not shown yet. */
  void show(List<Window> windows) {
    for (Window window : windows) {
      if (!window.features().isEmpty() && window.quality() != null && shown.add(window.start())) {
        String line =
            ROW.formatted(
                TIME.format(window.start()),
                "%,d".formatted(window.n()),
                percent(DriftTimeline.accuracy(List.of(window))),
                percent(DriftTimeline.estimatedAccuracy(List.of(window))),
                drift(window));
        terminal.line(window.drifting().isEmpty() ? line : terminal.styled(Style.RED, line));
      }
    }
  }

  void shift(Instant time, String what) {
    terminal.line(
        terminal.styled(Style.BOLD, "%s  from now on %s".formatted(TIME.format(time), what)));
  }

  /** Compares the last window before the shift with the first one that shows it. */
  void features(DriftTimeline timeline, Instant shift, List<String> expected) {
    List<Window> before = timeline.before(shift);
    Window after =
        timeline
            .firstDrift(shift)
            .orElseGet(() -> timeline.after(shift).stream().findFirst().orElse(null));
    if (before.isEmpty() || after == null) {
      return;
    }
    Window last = before.get(before.size() - 1);
    TextTable table =
        new TextTable(Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.LEFT)
            .header("feature", "before", "after", "threshold", "adjusted p", "verdict");
    after
        .features()
        .forEach(
            (feature, report) ->
                table.row(
                    feature,
                    score(last.features().get(feature)),
                    score(report),
                    threshold(report),
                    pValue(report),
                    report.getVerdict().name().toLowerCase(Locale.ROOT)
                        + (expected.contains(feature) ? ", expected" : "")));
    terminal.line();
    table.lines().forEach(terminal::line);
  }

  private static String drift(Window window) {
    if (!window.judged()) {
      return "too few to say";
    }
    return window.drifting().isEmpty() ? "none" : String.join(", ", window.drifting());
  }

  private static String score(@Nullable DriftReport report) {
    return report == null
        ? "-"
        : number(DriftTimeline.decisive(report).map(DriftScore::getValue).orElse(null));
  }

  private static String threshold(DriftReport report) {
    return number(DriftTimeline.decisive(report).map(DriftScore::getThreshold).orElse(null));
  }

  private static String pValue(DriftReport report) {
    return report.getScores().stream()
        .map(DriftScore::getAdjustedPValue)
        .filter(value -> value != null)
        .min(Double::compare)
        .map(value -> value < 0.001 ? "< 0.001" : "%.3f".formatted(value))
        .orElse("-");
  }

  private static String number(@Nullable Double value) {
    return value == null ? "-" : "%.3f".formatted(value);
  }

  private static String percent(@Nullable Double share) {
    return share == null ? "-" : "%.1f %%".formatted(100 * share);
  }
}
