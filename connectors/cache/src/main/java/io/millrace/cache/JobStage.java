package io.millrace.cache;

/** How much is known of a job. */
public enum JobStage {
  UNKNOWN,
  ACCEPTED,
  FINISHED
}
