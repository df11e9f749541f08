package io.millrace.evaluation.speed;

/**
 * Both versions' speed.
 *
 * @param throughputRatio candidate's over production's: above 1 is faster
 * @param latencyP99Ratio likewise: below 1 is faster
 */
public record SpeedComparison(
    VersionSpeed production,
    VersionSpeed candidate,
    double throughputRatio,
    double latencyP99Ratio) {

  static SpeedComparison of(VersionSpeed production, VersionSpeed candidate) {
    return new SpeedComparison(
        production,
        candidate,
        candidate.rowsPerSecond() / production.rowsPerSecond(),
        candidate.latencySeconds().p99() / production.latencySeconds().p99());
  }
}
