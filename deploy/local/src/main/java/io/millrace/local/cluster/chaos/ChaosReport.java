package io.millrace.local.cluster.chaos;

import io.millrace.local.cluster.load.LoadLines;
import io.millrace.local.cluster.load.LoadReport;
import io.millrace.local.terminal.Durations;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.terminal.TextTable;
import io.millrace.local.terminal.TextTable.Align;
import java.util.ArrayList;
import java.util.List;

/**
 * What people see at the end.
 *
 * @param load what was accepted and what came out
 * @param kills in order
 */
record ChaosReport(LoadReport load, List<KillReport> kills) {

  boolean passed() {
    return load.clean() && kills.stream().allMatch(kill -> kill.recoverySeconds() != null);
  }

  List<String> lines(Terminal terminal) {
    TextTable table = new TextTable(Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT);
    table.header("killed", "at", "recovered in", "longest time without a result");
    for (KillReport kill : kills) {
      Double seconds = kill.recoverySeconds();
      table.row(
          kill.part(),
          "%.0f s".formatted(kill.atSeconds()),
          seconds == null ? "never" : Durations.render(seconds),
          Durations.render(kill.longestGapSeconds()));
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.addAll(table.lines());
    lines.add("");
    lines.add(
        "%,d submissions: %,d accepted, %,d without an answer and %,d refused, made again"
            .formatted(
                load.calls().sent(), load.accepted(), load.calls().lost(), load.calls().refused()));
    lines.add(LoadLines.verdict(load, passed(), terminal));
    return lines;
  }
}
