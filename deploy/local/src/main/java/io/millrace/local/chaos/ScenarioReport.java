package io.millrace.local.chaos;

import io.millrace.local.audit.ResultAudit;
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

  /**
   * Judges the committed results.
   *
   * @param furtherWrong jobs that are wrong in another way than by their committed result
   */
  static ScenarioReport of(
      String scenario, LoadLog log, ResultAudit audit, Findings findings, long furtherWrong) {
    Judgement judgement = Judgement.of(log.acceptedJobs(), audit);
    List<Findings.Finding> lines = new ArrayList<>();
    lines.add(requests(log.counts()));
    lines.addAll(findings.all());
    lines.addAll(judgement.findings());
    return new ScenarioReport(judgement.verdict(scenario, furtherWrong), lines);
  }

  private static Findings.Finding requests(LoadLog.Counts counts) {
    return new Findings.Finding(
        "requests",
        "%,d accepted, %,d refused, %,d without an answer; polls: %,d unavailable, %,d not found"
            .formatted(
                counts.accepted(),
                counts.refused(),
                counts.lost(),
                counts.unavailable(),
                counts.notFound()),
        counts.gaveUp() == 0);
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
