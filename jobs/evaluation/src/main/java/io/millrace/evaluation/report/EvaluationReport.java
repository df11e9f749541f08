package io.millrace.evaluation.report;

import io.millrace.evaluation.speed.SpeedComparison;
import io.millrace.evaluation.speed.VersionSpeed;
import io.millrace.schemas.avro.ModelEvaluation;
import io.millrace.statistics.evaluation.PairedBootstrap.Interval;
import io.millrace.statistics.evaluation.VersionComparison;
import io.millrace.statistics.evaluation.VersionQuality;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a candidate did against production. As JSON ({@code report.json}) keys are in snake case and
 * numbers that are not defined are null; {@code docs/evaluation.md} explains them.
 *
 * @param sizeRatio candidate's package size over production's
 */
public record EvaluationReport(
    String id,
    Instant createdAt,
    String model,
    VersionFacts production,
    VersionFacts candidate,
    Data data,
    VersionComparison quality,
    FailedRows failedRows,
    SpeedComparison speed,
    double sizeRatio,
    EvaluationLimits limits,
    Verdict verdict) {

  /** What was measured on. */
  public record Data(String name, String sha256, int rows) {}

  /** Judges what was found. */
  public static EvaluationReport of(
      String id,
      Instant createdAt,
      String model,
      VersionFacts production,
      VersionFacts candidate,
      Data data,
      VersionComparison quality,
      FailedRows failedRows,
      SpeedComparison speed,
      EvaluationLimits limits) {
    return new EvaluationReport(
        id,
        createdAt,
        model,
        production,
        candidate,
        data,
        quality,
        failedRows,
        speed,
        (double) candidate.sizeBytes() / production.sizeBytes(),
        limits,
        Verdict.of(limits, quality, speed, failedRows.candidate()));
  }

  public boolean passed() {
    return verdict.passed();
  }

  /** The record that lets a rollout start. */
  public ModelEvaluation toModelEvaluation() {
    return ModelEvaluation.newBuilder()
        .setId(id)
        .setModel(model)
        .setCandidate(candidate.version())
        .setProduction(production.version())
        .setPassed(verdict.passed())
        .setFailures(verdict.failures())
        .setData(data.name())
        .setDataSha256(data.sha256())
        .setRows(data.rows())
        .setMetrics(metrics())
        .setCreatedAt(createdAt)
        .build();
  }

  private Map<String, Double> metrics() {
    Map<String, Double> metrics = new TreeMap<>();
    put(metrics, "production", quality.production(), speed.production(), production);
    put(metrics, "candidate", quality.candidate(), speed.candidate(), candidate);
    put(metrics, "accuracy_difference", quality.differences().accuracy());
    put(metrics, "macro_f1_difference", quality.differences().macroF1());
    put(metrics, "log_loss_difference", quality.differences().logLoss());
    metrics.put("agreement", quality.agreement());
    metrics.put("mcnemar_p_value", quality.mcNemar().pValue());
    metrics.put("throughput_ratio", speed.throughputRatio());
    metrics.put("latency_p99_ratio", speed.latencyP99Ratio());
    metrics.put("size_ratio", sizeRatio);
    metrics.put("failed_rows_candidate", (double) failedRows.candidate());
    return metrics;
  }

  private static void put(Map<String, Double> metrics, String name, Interval interval) {
    metrics.put(name, interval.estimate());
    metrics.put(name + "_lower", interval.lower());
    metrics.put(name + "_upper", interval.upper());
  }

  private static void put(
      Map<String, Double> metrics,
      String version,
      VersionQuality quality,
      VersionSpeed speed,
      VersionFacts facts) {
    metrics.put("accuracy_" + version, quality.accuracy());
    metrics.put("macro_f1_" + version, quality.macroF1());
    metrics.put("log_loss_" + version, quality.logLoss());
    metrics.put("ece_" + version, quality.calibration().ece());
    metrics.put("rows_per_second_" + version, speed.rowsPerSecond());
    metrics.put("latency_p99_seconds_" + version, speed.latencySeconds().p99());
    metrics.put("size_bytes_" + version, (double) facts.sizeBytes());
  }
}
