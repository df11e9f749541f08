package io.millrace.statistics.sequential;

/**
 * Judges a share of bad events: worse, or inside the margin.
 *
 * @param sequence of which {@code WORSE} looks at the lower end alone, and {@code NOT_WORSE} at the
 *     upper one
 * @param margin up to which a difference is no reason to stop; 0 or more
 * @param minObservations of each version before anything is said
 * @param minEvents of both versions together before the candidate is called worse
 */
public record NonInferiority(
    ConfidenceSequence sequence, double margin, long minObservations, long minEvents) {

  /**
   * Says what an estimate means.
   *
   * @param fewest observations of the version that has fewer
   * @param events of all versions together
   */
  public Verdict judge(Estimate estimate, long fewest, long events) {
    if (fewest < minObservations || !estimate.isKnown()) {
      return Verdict.INSUFFICIENT;
    }
    if (sequence.lower(estimate) > 0) {
      return events < minEvents ? Verdict.UNDECIDED : Verdict.WORSE;
    }
    return sequence.upper(estimate) < margin ? Verdict.NOT_WORSE : Verdict.UNDECIDED;
  }
}
