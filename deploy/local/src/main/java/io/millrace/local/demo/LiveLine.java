package io.millrace.local.demo;

import io.millrace.local.audit.ResultTally;
import io.millrace.local.terminal.Durations;
import io.millrace.local.terminal.ProgressBar;
import java.util.Locale;

/** The line that shows a run while it goes on. */
final class LiveLine {

  private static final int BAR_WIDTH = 20;

  /** What a bar adds to the line besides itself: brackets, percentage, spaces. */
  private static final int BAR_FRAME = 9;

  private LiveLine() {}

  /**
   * Renders the line. In a narrow terminal the bar shrinks before a figure is cut off.
   *
   * @param planned requests to send in all
   * @param committed figures of the results committed so far
   * @param columns of the terminal; 0 for no limit
   */
  static String render(
      int planned, TrafficStatistics.Snapshot seen, ResultTally committed, int columns) {
    String figures = figures(seen, committed);
    double share = (double) seen.ended() / planned;
    int room = columns == 0 ? BAR_WIDTH : columns - 1 - figures.length() - BAR_FRAME;
    String progress =
        room > 0
            ? ProgressBar.render(share, Math.min(BAR_WIDTH, room))
            : String.format(Locale.ROOT, "%3.0f%%", 100 * share);
    return progress + "  " + figures;
  }

  private static String figures(TrafficStatistics.Snapshot seen, ResultTally committed) {
    return String.format(
        Locale.ROOT,
        "accepted %,d  done %,d  %.0f/s  p50 %s  p99 %s  batch %s  cached %,d  coalesced %,d",
        seen.accepted(),
        seen.done(),
        seen.perSecond(),
        Durations.render(seen.p50()),
        Durations.render(seen.p99()),
        committed.meanBatchSize() == null
            ? "-"
            : String.format(Locale.ROOT, "%.1f", committed.meanBatchSize()),
        committed.origins().cached(),
        committed.origins().coalesced());
  }
}
