package io.millrace.statistics.window;

/** What made an answer cheaper; the order is that of the format, so new ones go to the end. */
public enum SavedBy {
  CACHE,
  COALESCING,
  BATCHING,
  QUANTISATION
}
