package io.millrace.local.cluster;

/** What the supervisor knows of a part. */
public enum PartState {
  /** Its process was started and has not ended; whether it serves, it says itself. */
  RUNNING,
  /** It ended and is started again in a moment. */
  RESTARTING,
  /** It was stopped. */
  STOPPED
}
