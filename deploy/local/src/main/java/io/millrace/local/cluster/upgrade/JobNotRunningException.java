package io.millrace.local.cluster.upgrade;

/** A job did not come to run. */
final class JobNotRunningException extends Exception {

  private static final long serialVersionUID = 1L;

  JobNotRunningException(String message) {
    super(message);
  }
}
