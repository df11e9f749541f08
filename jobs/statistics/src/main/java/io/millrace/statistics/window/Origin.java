package io.millrace.statistics.window;

/** Where an answer came from; the order is that of the format, so new ones go to the end. */
public enum Origin {
  COMPUTED,
  CACHED,
  COALESCED,
  /** Given by this version in another one's stead, whatever its origin otherwise. */
  FALLBACK,
  STALE,
  /** There is none. */
  FAILED
}
