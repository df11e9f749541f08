package io.millrace.statistics.window;

/** Where an answer came from. */
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
