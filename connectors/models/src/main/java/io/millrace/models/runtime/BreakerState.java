package io.millrace.models.runtime;

/** Whether a version is called. */
public enum BreakerState {
  /** It is called. */
  CLOSED,
  /** It failed, has been left alone for a while, and is tried with a few calls. */
  HALF_OPEN,
  /** It failed: it is not called for a while. */
  OPEN
}
