package io.millrace.evaluation.report;

import io.millrace.evaluation.speed.SpeedComparison;
import io.millrace.evaluation.speed.VersionSpeed;
import io.millrace.statistics.evaluation.OutputDrift;
import io.millrace.statistics.evaluation.PairedBootstrap;
import io.millrace.statistics.evaluation.PairedRow;
import io.millrace.statistics.evaluation.ScoredAnswer;
import io.millrace.statistics.evaluation.VersionComparison;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Reports of made-up answers. */
final class Reports {

  /** What a page must show and not run. */
  static final String HOSTILE = "</script><script>document.title='run'</script><b>&\"'";

  static final Instant AT = Instant.parse("2026-11-20T10:15:30Z");

  private Reports() {}

  /**
   * An evaluation.
   *
   * @param lost share of the rows that the candidate gets wrong besides
   */
  static EvaluationReport evaluation(double lost, EvaluationLimits limits) {
    return evaluation(rows(lost), limits, speed(0.1, 0.11), new FailedRows(0, 0, null));
  }

  static EvaluationReport evaluation(
      List<PairedRow> rows, EvaluationLimits limits, SpeedComparison speed, FailedRows failed) {
    return EvaluationReport.of(
        "7d0f6a52-4d5c-4a3e-8c1b-0a9a7f6d2f11",
        AT,
        "support-desk",
        new VersionFacts("1.0.0", 90_900_000, "all-minilm-l6-v2"),
        new VersionFacts("1.1.0", 23_600_000, "all-minilm-l6-v2-q"),
        new EvaluationReport.Data("held-out.csv", "ab".repeat(32), rows.size()),
        VersionComparison.of(rows, new PairedBootstrap(300, 1, 0.95)),
        failed,
        speed,
        limits);
  }

  static SpeedComparison speed(double productionP99, double candidateP99) {
    return new SpeedComparison(
        new VersionSpeed(
            480,
            List.of(470.0, 480.0, 495.0),
            new VersionSpeed.Latency(0.005, 0.007, productionP99)),
        new VersionSpeed(
            1_050,
            List.of(1_020.0, 1_050.0, 1_100.0),
            new VersionSpeed.Latency(0.0026, 0.004, candidateP99)),
        1_050.0 / 480,
        candidateP99 / productionP99);
  }

  static List<PairedRow> rows(double lost) {
    Random random = new Random(7);
    List<String> labels = new ArrayList<>(List.of(HOSTILE));
    for (int i = 1; i < 30; i++) {
      labels.add("intent_with_a_name_" + i);
    }
    List<PairedRow> rows = new ArrayList<>();
    for (int i = 0; i < 900; i++) {
      String label = labels.get(i % labels.size());
      String other = labels.get(random.nextInt(labels.size()));
      double sure = 0.4 + 0.6 * random.nextDouble();
      boolean right = random.nextDouble() < sure + 0.05;
      rows.add(
          new PairedRow(
              label,
              answer(label, right ? label : other, sure),
              answer(
                  label,
                  right && random.nextDouble() >= lost ? label : other,
                  Math.min(1, sure + 0.03 * random.nextGaussian()))));
    }
    return rows;
  }

  private static ScoredAnswer answer(String label, String predicted, double sure) {
    return new ScoredAnswer(predicted, sure, predicted.equals(label) ? sure : (1 - sure) / 29);
  }

  static ReplayReport replay(boolean compared) {
    return new ReplayReport(
        "0d9f5c1a-7b8e-4f0e-9a57-5a5c6d1f2e3b",
        AT,
        "support-desk",
        new VersionFacts("1.1.0", 23_600_000, "all-minilm-l6-v2-q"),
        new ReplayReport.Range(AT.minusSeconds(3_600), AT),
        new ReplayReport.Requests(1_040, compared ? 1_000 : 0, 9, 4, 3, 12, 8, 3, 1, "too long"),
        compared ? answers(2.5) : null);
  }

  private static ReplayReport.Answers answers(@Nullable Double price) {
    List<ReplayReport.LabelShare> labels = new ArrayList<>();
    labels.add(new ReplayReport.LabelShare(HOSTILE, 90, 70));
    for (int i = 1; i < 20; i++) {
      labels.add(new ReplayReport.LabelShare("intent_" + i, 40 + i, 41 + i + i % 3));
    }
    return new ReplayReport.Answers(
        1_000,
        0.962,
        Map.of("1.0.0", 1_000L),
        labels,
        List.of(
            new ReplayReport.Change(HOSTILE, "intent_2", 14),
            new ReplayReport.Change("intent_4", "intent_9", 3)),
        new OutputDrift(0.0451, 0.0123),
        new OutputDrift(0.1123, 0.0809),
        new ReplayReport.Confidences(
            List.of(0L, 0L, 5L, 20L, 40L, 60L, 90L, 145L, 240L, 400L),
            List.of(0L, 1L, 9L, 31L, 50L, 72L, 97L, 150L, 230L, 360L)),
        new ReplayReport.Timing(
            new Latency(1_000, 0.018, 0.041, 0.090),
            new Latency(700, 0.009, 0.021, 0.033),
            new Latency(700, 0.007, 0.014, 0.019)),
        ReplayReport.Cost.of(700, 3.21, 1.65, price));
  }
}
