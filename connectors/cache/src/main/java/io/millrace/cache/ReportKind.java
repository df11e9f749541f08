package io.millrace.cache;

import java.util.Locale;

/** What reports are of. */
public enum ReportKind {
  DRIFT,
  QUALITY,
  COST;

  /** The kind's name in keys: lower case. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
