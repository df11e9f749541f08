package io.millrace.statistics.window;

import java.util.Locale;

/** What a summary's bytes are of. */
enum SummaryKind {
  FEATURES('F'),
  QUALITY('Q'),
  COST('C');

  private final char mark;

  SummaryKind(char mark) {
    this.mark = mark;
  }

  char mark() {
    return mark;
  }

  @Override
  public String toString() {
    return "summary of " + name().toLowerCase(Locale.ROOT);
  }
}
