package io.millrace.local.demo;

import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;

/** Says how a run of the drift demo came out. */
final class DriftVerdictView {

  private final Terminal terminal;

  DriftVerdictView(Terminal terminal) {
    this.terminal = terminal;
  }

  void show(DriftSummary summary) {
    terminal.line();
    say(
        summary.windowsBefore() > 0 && summary.falseAlarmsBefore() == 0,
        "%d of %d windows before the shift showed a drift."
            .formatted(summary.falseAlarmsBefore(), summary.windowsBefore()));
    Integer windows = summary.windowsToDetect();
    say(
        windows != null && windows == 1,
        windows == null
            ? "No full window after the shift showed it."
            : "Full window %d after the shift showed it.".formatted(windows));
    say(
        summary.featuresFlagged().containsAll(summary.expectedFeatures()),
        "Expected in %s; found in %s."
            .formatted(
                String.join(", ", summary.expectedFeatures()),
                summary.featuresFlagged().isEmpty()
                    ? "none"
                    : String.join(", ", summary.featuresFlagged())));
    say(
        summary.alertFired(),
        summary.alertFired()
            ? "The alert fired: millrace_drift_detected is 1."
            : "The alert did not fire: millrace_drift_detected is 0.");
    if (summary.failedRequests() > 0) {
      say(false, "%,d requests had no answer.".formatted(summary.failedRequests()));
    }
  }

  private void say(boolean holds, String text) {
    terminal.line(terminal.styled(holds ? Style.GREEN : Style.RED, text));
  }
}
