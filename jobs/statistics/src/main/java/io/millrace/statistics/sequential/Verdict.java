package io.millrace.statistics.sequential;

/** What a confidence sequence says of a candidate. */
public enum Verdict {
  /** Too few observations. */
  INSUFFICIENT,
  /** The interval holds both. */
  UNDECIDED,
  /** The interval lies inside the margin. */
  NOT_WORSE,
  /** The interval lies above 0. */
  WORSE
}
