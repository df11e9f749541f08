package io.millrace.evaluation;

/** Hears how far an evaluation or a replay is. */
@FunctionalInterface
public interface RunProgress {

  /** Hears nothing. */
  RunProgress NONE = (phase, done, total) -> {};

  /** What is being done, in this order. */
  enum Phase {
    /** Both versions answer, or requests and results are read and answered anew. */
    ANSWERING,
    /** Each version is timed alone; done and total are 0. */
    TIMING
  }

  /**
   * Hears one step.
   *
   * @param total as far as it is known; 0 for unknown
   */
  void at(Phase phase, long done, long total);
}
