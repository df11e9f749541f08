package io.millrace.evaluation.replay;

/** What became of a request, and so whether a replay can say something of it. */
public enum RequestKind {
  /** Production chose the version and answered: asked again. */
  COMPARABLE,
  /** The client chose the version. */
  PINNED,
  CANCELLED,
  EXPIRED,
  /** Production gave no answer. */
  FAILED,
  /** There is no committed result, or not yet. */
  UNANSWERED,
  /** The client asked for outputs without label and confidence. */
  OTHER_OUTPUTS
}
