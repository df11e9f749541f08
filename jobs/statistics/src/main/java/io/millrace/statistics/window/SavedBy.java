package io.millrace.statistics.window;

/** What made an answer cheaper. */
public enum SavedBy {
  CACHE,
  COALESCING,
  BATCHING,
  QUANTISATION
}
