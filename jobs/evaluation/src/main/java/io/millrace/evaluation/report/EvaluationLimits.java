package io.millrace.evaluation.report;

import io.millrace.jobs.config.Checks;
import io.millrace.jobs.config.ConfigException;
import java.util.List;

/**
 * What a candidate must hold to pass. Differences are candidate minus production.
 *
 * @param minAccuracyDifference the lower bound of the accuracy's 95% interval is at least this
 * @param maxMacroF1Drop the macro F1 is at most this much lower
 * @param minAgreement both give the same label to at least this share, unless the candidate is
 *     better: unless its accuracy's interval lies above 0
 * @param maxEceIncrease the expected calibration error is at most this much higher
 * @param maxLatencyP99Ratio the 99th percentile of the latency is at most this many times higher
 * @param maxFailedRows rows that the candidate gives no answer to
 */
public record EvaluationLimits(
    double minAccuracyDifference,
    double maxMacroF1Drop,
    double minAgreement,
    double maxEceIncrease,
    double maxLatencyP99Ratio,
    int maxFailedRows) {

  public static final EvaluationLimits DEFAULT =
      new EvaluationLimits(-0.02, 0.03, 0.9, 0.05, 1.5, 0);

  private static final List<String> NAMES =
      List.of(
          "min-accuracy-difference",
          "max-macro-f1-drop",
          "min-agreement",
          "max-ece-increase",
          "max-latency-p99-ratio",
          "max-failed-rows");

  public EvaluationLimits {
    requireBetween("min-accuracy-difference", minAccuracyDifference, -1, 1);
    requireBetween("max-macro-f1-drop", maxMacroF1Drop, -1, 1);
    requireBetween("min-agreement", minAgreement, 0, 1);
    requireBetween("max-ece-increase", maxEceIncrease, -1, 1);
    requireBetween("max-latency-p99-ratio", maxLatencyP99Ratio, 0, 1e6);
    requireBetween("max-failed-rows", maxFailedRows, 0, Integer.MAX_VALUE);
  }

  /**
   * These limits with another value for one.
   *
   * @param name as in YAML, such as {@code min-agreement}
   * @throws ConfigException when there is no such limit, or the value is out of its bounds
   */
  public EvaluationLimits with(String name, double value) {
    int i = NAMES.indexOf(name);
    if (i < 0) {
      throw new ConfigException(name, "no such limit, expected one of " + NAMES);
    }
    Checks.require(i < 5 || value == (int) value, name, "a whole number", value);
    return new EvaluationLimits(
        i == 0 ? value : minAccuracyDifference,
        i == 1 ? value : maxMacroF1Drop,
        i == 2 ? value : minAgreement,
        i == 3 ? value : maxEceIncrease,
        i == 4 ? value : maxLatencyP99Ratio,
        i == 5 ? (int) value : maxFailedRows);
  }

  private static void requireBetween(String name, double value, double least, double most) {
    Checks.require(value >= least && value <= most, name, "%s to %s".formatted(least, most), value);
  }
}
