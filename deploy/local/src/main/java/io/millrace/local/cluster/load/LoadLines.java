package io.millrace.local.cluster.load;

import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;

/** What people see of an audited load at its end. */
public final class LoadLines {

  private LoadLines() {}

  /** One line: whether all is well, and the counts. */
  public static String verdict(LoadReport load, boolean passed, Terminal terminal) {
    return terminal.styled(
        passed ? Style.GREEN : Style.RED,
        "%s  %,d accepted, %,d with a committed result, %,d missing, %,d results too many, %,d lost accepts, %,d failed"
            .formatted(
                passed ? "passed" : "FAILED",
                load.accepted(),
                load.terminal(),
                load.missing(),
                load.duplicateResults(),
                load.lostAccepts(),
                load.failed()));
  }
}
