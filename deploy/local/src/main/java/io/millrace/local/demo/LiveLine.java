package io.millrace.local.demo;

import io.millrace.local.terminal.ProgressBar;
import java.util.Locale;

/** The line that shows a run while it goes on. */
final class LiveLine {

  private static final int BAR_WIDTH = 20;

  private LiveLine() {}

  /**
   * Renders the line.
   *
   * @param planned requests to send in all
   * @param committed figures of the results committed so far
   */
  static String render(int planned, TrafficStatistics.Snapshot seen, ResultTally committed) {
    return String.format(
        Locale.ROOT,
        "%s  accepted %,d  done %,d  %.0f/s  p50 %s  p99 %s  batch %s  cached %,d  coalesced %,d",
        ProgressBar.render((double) seen.ended() / planned, BAR_WIDTH),
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
