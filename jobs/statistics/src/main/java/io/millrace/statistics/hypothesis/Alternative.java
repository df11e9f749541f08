package io.millrace.statistics.hypothesis;

/** What a test takes for true when it rejects that both samples are alike. */
public enum Alternative {
  /** The first differs from the second. */
  TWO_SIDED,
  /** The first tends to be smaller than the second. */
  LESS,
  /** The first tends to be larger than the second. */
  GREATER
}
