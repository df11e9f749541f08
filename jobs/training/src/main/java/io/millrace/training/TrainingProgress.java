package io.millrace.training;

/** Hears how far a training is. Called often and by several threads. */
@FunctionalInterface
public interface TrainingProgress {

  /** Hears nothing. */
  TrainingProgress NONE = (phase, done, total) -> {};

  /** What is being done, in this order. */
  enum Phase {
    /** Training texts become vectors. */
    EMBEDDING,
    /** The head learns from vectors and labels, epoch after epoch. */
    TRAINING,
    /** Held-out texts run through the finished model. */
    EVALUATING
  }

  /**
   * Hears one step.
   *
   * @param done texts, or texts times epochs, that are done
   * @param total of them; the phase is over when both are equal
   */
  void at(Phase phase, long done, long total);
}
