package io.millrace.evaluation.report;

import io.millrace.evaluation.speed.SpeedComparison;
import io.millrace.statistics.evaluation.PairedBootstrap.Interval;
import io.millrace.statistics.evaluation.VersionComparison;
import java.util.List;
import java.util.Locale;

/**
 * Whether a candidate holds its limits.
 *
 * @param passed whether all do
 */
public record Verdict(boolean passed, List<Check> checks) {

  public Verdict {
    checks = List.copyOf(checks);
  }

  /** Of what was found. */
  static Verdict of(
      EvaluationLimits limits,
      VersionComparison quality,
      SpeedComparison speed,
      int candidateFailedRows) {
    List<Check> checks =
        List.of(
            accuracy(limits, quality.differences().accuracy()),
            macroF1(limits, quality),
            agreement(limits, quality),
            calibration(limits, quality),
            latency(limits, speed),
            failures(limits, candidateFailedRows));
    return new Verdict(checks.stream().allMatch(Check::passed), checks);
  }

  /** The sentences of the limits that do not hold. */
  public List<String> failures() {
    return checks.stream().filter(check -> !check.passed()).map(Check::words).toList();
  }

  private static Check accuracy(EvaluationLimits limits, Interval difference) {
    double least = limits.minAccuracyDifference();
    return new Check(
        "min-accuracy-difference",
        least,
        difference.lower(),
        difference.lower() >= least,
        words(
            "Accuracy changes by %+.4f (95%% interval %+.4f to %+.4f); its lower bound must be at"
                + " least %+.4f.",
            difference.estimate(), difference.lower(), difference.upper(), least));
  }

  private static Check macroF1(EvaluationLimits limits, VersionComparison quality) {
    double drop = quality.production().macroF1() - quality.candidate().macroF1();
    return new Check(
        "max-macro-f1-drop",
        limits.maxMacroF1Drop(),
        drop,
        drop <= limits.maxMacroF1Drop(),
        words(
            "Macro F1 goes from %.4f to %.4f; it may drop by at most %.4f.",
            quality.production().macroF1(),
            quality.candidate().macroF1(),
            limits.maxMacroF1Drop()));
  }

  private static Check agreement(EvaluationLimits limits, VersionComparison quality) {
    boolean better = quality.differences().accuracy().lower() > 0;
    return new Check(
        "min-agreement",
        limits.minAgreement(),
        quality.agreement(),
        better || quality.agreement() >= limits.minAgreement(),
        words(
            "Both versions agree on %.2f%% of the rows; %s.",
            100 * quality.agreement(),
            better
                ? "that does not matter, since the candidate is better"
                : words("at least %.2f%% are needed", 100 * limits.minAgreement())));
  }

  private static Check calibration(EvaluationLimits limits, VersionComparison quality) {
    double before = quality.production().calibration().ece();
    double after = quality.candidate().calibration().ece();
    return new Check(
        "max-ece-increase",
        limits.maxEceIncrease(),
        after - before,
        after - before <= limits.maxEceIncrease(),
        words(
            "The expected calibration error goes from %.4f to %.4f; it may rise by at most %.4f.",
            before, after, limits.maxEceIncrease()));
  }

  private static Check latency(EvaluationLimits limits, SpeedComparison speed) {
    return new Check(
        "max-latency-p99-ratio",
        limits.maxLatencyP99Ratio(),
        speed.latencyP99Ratio(),
        speed.latencyP99Ratio() <= limits.maxLatencyP99Ratio(),
        words(
            "The latency's 99th percentile goes from %.1f ms to %.1f ms, %.2f times as much; at"
                + " most %.2f times is allowed.",
            1e3 * speed.production().latencySeconds().p99(),
            1e3 * speed.candidate().latencySeconds().p99(),
            speed.latencyP99Ratio(),
            limits.maxLatencyP99Ratio()));
  }

  private static Check failures(EvaluationLimits limits, int failed) {
    return new Check(
        "max-failed-rows",
        limits.maxFailedRows(),
        failed,
        failed <= limits.maxFailedRows(),
        words(
            "The candidate gave no answer to %d rows; at most %d are allowed.",
            failed, limits.maxFailedRows()));
  }

  private static String words(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
