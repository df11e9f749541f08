package io.millrace.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.evaluation.RunProgress.Phase;
import io.millrace.evaluation.report.EvaluationLimits;
import io.millrace.evaluation.report.EvaluationReport;
import io.millrace.evaluation.report.ReportFiles;
import io.millrace.evaluation.speed.SpeedPlan;
import io.millrace.schemas.Tensors;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job on a cluster in this process, with real models. */
class EvaluationRunIT {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-20T10:15:30Z"), ZoneOffset.UTC);

  /** How fast the machine of a test is, and how many rows there are, is not what is tested. */
  private static final EvaluationLimits LIMITS =
      EvaluationLimits.DEFAULT
          .with("max-latency-p99-ratio", 1_000)
          .with("min-accuracy-difference", -0.1);

  private static final SpeedPlan QUICK = new SpeedPlan(40, 20, 2);

  @TempDir private static Path repository;

  @BeforeAll
  static void train() throws Exception {
    SampleVersions.train(repository);
  }

  @Test
  void aQuantisedVersionOfTheSameModelPasses(@TempDir Path directory) throws Exception {
    // Given
    Map<Phase, Long> progress = new EnumMap<>(Phase.class);

    // When
    EvaluationReport report =
        new EvaluationRun(CLOCK)
            .run(
                request(SampleVersions.INT8, SampleVersions.rows()),
                (phase, done, total) -> progress.put(phase, done));

    // Then
    assertThat(report.verdict().failures()).isEmpty();
    assertThat(report.quality().rows()).isEqualTo(75);
    assertThat(report.quality().production().accuracy()).isGreaterThan(0.9);
    assertThat(report.quality().agreement()).isGreaterThan(0.9);
    assertThat(report.sizeRatio()).isLessThan(0.5);
    assertThat(report.speed().throughputRatio()).isPositive();
    assertThat(report.speed().production().rounds()).hasSize(2);
    assertThat(report.production().encoder()).isEqualTo("all-minilm-l6-v2");
    assertThat(report.createdAt()).isEqualTo(CLOCK.instant());
    assertThat(progress).containsEntry(Phase.ANSWERING, 75L).containsKey(Phase.TIMING);
    assertThat(ReportFiles.write(report, directory).page()).isNotEmptyFile();
  }

  @Test
  void aVersionTrainedOnShuffledLabelsFails() throws Exception {
    // When
    EvaluationReport report =
        new EvaluationRun(CLOCK)
            .run(request(SampleVersions.SHUFFLED, SampleVersions.rows()), RunProgress.NONE);

    // Then
    assertThat(report.passed()).isFalse();
    assertThat(report.quality().candidate().accuracy()).isLessThan(0.7);
    assertThat(report.quality().mcNemar().pValue()).isLessThan(0.01);
    assertThat(report.toModelEvaluation().getFailures())
        .anyMatch(failure -> failure.startsWith("Accuracy changes by -0."));
  }

  @Test
  void aRowThatNobodyCanAnswerIsCountedAndLeftOut() throws Exception {
    // Given
    List<LabelledRow> rows = new ArrayList<>(SampleVersions.rows().subList(0, 10));
    rows.add(new LabelledRow(List.of(Tensors.ofStrings("sound", List.of("boo"))), "app_crash"));

    // When
    EvaluationReport report =
        new EvaluationRun(CLOCK).run(request(SampleVersions.INT8, rows), RunProgress.NONE);

    // Then
    assertThat(report.quality().rows()).isEqualTo(10);
    assertThat(report.failedRows().candidate()).isEqualTo(1);
    assertThat(report.failedRows().production()).isEqualTo(1);
    assertThat(report.failedRows().example()).contains("text");
    assertThat(report.verdict().failures()).anyMatch(failure -> failure.contains("to 1 rows"));
  }

  @Test
  void aVersionThatIsNotThereIsNamed() {
    assertThatThrownBy(
            () ->
                new EvaluationRun(CLOCK)
                    .run(request("9.9.9", SampleVersions.rows()), RunProgress.NONE))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("support-desk/9.9.9");
  }

  private static EvaluationRequest request(String candidate, List<LabelledRow> rows) {
    return new EvaluationRequest(
        repository,
        SampleVersions.MODEL,
        candidate,
        SampleVersions.FP32,
        new LabelledData("support-desk.csv", "00", rows),
        LIMITS,
        QUICK);
  }
}
