package io.millrace.local.chaos;

import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.terminal.TextTable;
import io.millrace.local.terminal.TextTable.Align;
import java.util.ArrayList;
import java.util.List;

/**
 * What a scenario ends with.
 *
 * @param findings what was done and found
 */
record ScenarioReport(Verdict verdict, List<Findings.Finding> findings) {

  ScenarioReport {
    findings = List.copyOf(findings);
  }

  boolean passed() {
    return verdict.clean() && findings.stream().allMatch(Findings.Finding::holds);
  }

  /** The report as lines for people. */
  List<String> lines(Terminal terminal) {
    TextTable table = new TextTable(Align.LEFT, Align.LEFT, Align.LEFT);
    table.header(verdict.scenario(), "", "");
    for (Findings.Finding finding : findings) {
      table.row(
          finding.what(),
          finding.found(),
          finding.holds() ? "" : terminal.styled(Style.RED, "<- not as it must be"));
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.addAll(table.lines());
    String counts =
        "%s: %,d accepted, %,d ended, %,d missing, %,d results too many, %,d wrong"
            .formatted(
                verdict.scenario(),
                verdict.accepted(),
                verdict.terminal(),
                verdict.missing(),
                verdict.duplicateResults(),
                verdict.wrong());
    lines.add(
        passed()
            ? terminal.styled(Style.GREEN, "passed  " + counts)
            : terminal.styled(Style.RED, "FAILED  " + counts));
    return lines;
  }
}
