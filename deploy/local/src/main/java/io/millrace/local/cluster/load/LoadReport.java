package io.millrace.local.cluster.load;

/**
 * What came of an audited load.
 *
 * @param accepted jobs that the API answered with 202
 * @param terminal those of them with a committed result
 * @param missing those without
 * @param duplicateResults committed results beyond the first of a job, whichever the job
 * @param lostAccepts accepted jobs that a poll at the end does not show as finished, or that have
 *     no committed result
 * @param failed accepted jobs whose result is not a success
 */
public record LoadReport(
    long accepted,
    long terminal,
    long missing,
    long duplicateResults,
    long lostAccepts,
    long failed,
    LoadCounts calls) {

  /** Whether nothing was lost, nothing was twice, and all succeeded. */
  public boolean clean() {
    return accepted > 0
        && missing == 0
        && duplicateResults == 0
        && lostAccepts == 0
        && failed == 0
        && calls.gaveUp() == 0;
  }
}
