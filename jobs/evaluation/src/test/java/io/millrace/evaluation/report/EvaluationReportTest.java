package io.millrace.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.jobs.config.ConfigException;
import io.millrace.jobs.config.ConfigReader;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.avro.ModelEvaluation;
import io.millrace.statistics.evaluation.PairedRow;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationReportTest {

  private static final FailedRows NONE_FAILED = new FailedRows(0, 0, null);

  @Test
  void aCandidateThatHoldsAllLimitsPasses() {
    // When
    EvaluationReport report = Reports.evaluation(0, EvaluationLimits.DEFAULT);

    // Then
    assertThat(report.passed()).isTrue();
    assertThat(report.verdict().failures()).isEmpty();
    assertThat(report.verdict().checks()).hasSize(6).allMatch(Check::passed);
  }

  @Test
  void aWorseCandidateFailsWithItsNumbers() {
    // When
    EvaluationReport report = Reports.evaluation(0.3, EvaluationLimits.DEFAULT);

    // Then
    assertThat(report.passed()).isFalse();
    assertThat(failed(report))
        .contains("min-accuracy-difference", "max-macro-f1-drop", "min-agreement")
        .doesNotContain("max-latency-p99-ratio", "max-failed-rows");
    assertThat(report.verdict().failures().get(0))
        .matches(
            "Accuracy changes by -0\\.\\d{4} \\(95% interval -0\\.\\d{4} to -0\\.\\d{4}\\); its"
                + " lower bound must be at least -0\\.0200\\.");
  }

  @Test
  void aSlowerCandidateFails() {
    // When
    EvaluationReport report =
        Reports.evaluation(
            Reports.rows(0), EvaluationLimits.DEFAULT, Reports.speed(0.010, 0.016), NONE_FAILED);

    // Then
    assertThat(report.verdict().failures())
        .containsExactly(
            "The latency's 99th percentile goes from 10.0 ms to 16.0 ms, 1.60 times as much; at"
                + " most 1.50 times is allowed.");
  }

  @Test
  void aCandidateThatDoesNotAnswerFails() {
    // When
    EvaluationReport report =
        Reports.evaluation(
            Reports.rows(0),
            EvaluationLimits.DEFAULT,
            Reports.speed(0.01, 0.01),
            new FailedRows(0, 2, "too long"));

    // Then
    assertThat(failed(report)).containsExactly("max-failed-rows");
  }

  @Test
  void aBetterCandidateNeedNotAgree() {
    // Given: production loses what the candidate keeps.
    var rows =
        Reports.rows(0.3).stream()
            .map(
                row ->
                    new PairedRow(
                        row.label(),
                        /* production= */ row.candidate(),
                        /* candidate= */ row.production()))
            .toList();

    // When
    EvaluationReport report =
        Reports.evaluation(rows, EvaluationLimits.DEFAULT, Reports.speed(0.01, 0.01), NONE_FAILED);

    // Then
    assertThat(report.quality().agreement()).isLessThan(0.9);
    assertThat(failed(report)).doesNotContain("min-agreement");
  }

  @Test
  void whatARolloutNeedsIsInTheRecord() throws Exception {
    // When
    EvaluationReport report = Reports.evaluation(0.3, EvaluationLimits.DEFAULT);
    ModelEvaluation record =
        MessageCodec.MODEL_EVALUATIONS.decode(
            MessageCodec.MODEL_EVALUATIONS.encode(report.toModelEvaluation()));

    // Then
    assertThat(record.getModel()).isEqualTo("support-desk");
    assertThat(record.getCandidate()).isEqualTo("1.1.0");
    assertThat(record.getProduction()).isEqualTo("1.0.0");
    assertThat(record.getPassed()).isFalse();
    assertThat(record.getFailures()).isEqualTo(report.verdict().failures());
    assertThat(record.getRows()).isEqualTo(900);
    assertThat(record.getCreatedAt()).isEqualTo(Reports.AT);
    assertThat(record.getMetrics())
        .containsEntry("agreement", report.quality().agreement())
        .containsEntry("accuracy_candidate", report.quality().candidate().accuracy())
        .containsEntry("size_ratio", report.sizeRatio());
    assertThat(record.getMetrics().values()).allMatch(Double::isFinite);
  }

  @Test
  void jsonHasSnakeCaseAndNoNumbersThatAreNone() throws Exception {
    // When
    String json = ReportJson.of(Reports.evaluation(0, EvaluationLimits.DEFAULT));
    JsonNode report = new ObjectMapper().readTree(json);

    // Then
    assertThat(report.at("/created_at").asText()).isEqualTo("2026-11-20T10:15:30Z");
    assertThat(report.at("/quality/differences/macro_f1/lower").isNumber()).isTrue();
    assertThat(report.at("/quality/mc_nemar/p_value").isNumber()).isTrue();
    assertThat(report.at("/verdict/passed").asBoolean()).isTrue();
    assertThat(report.at("/quality/production/calibration/bins/0/rows").asInt()).isZero();
    assertThat(report.at("/quality/production/calibration/bins/0/accuracy").isNull()).isTrue();
    assertThat(json).doesNotContain("NaN");
  }

  @Test
  void limitsAreSetByName() {
    assertThat(EvaluationLimits.DEFAULT.with("min-agreement", 0.5).minAgreement()).isEqualTo(0.5);
    assertThat(EvaluationLimits.DEFAULT.with("max-failed-rows", 3).maxFailedRows()).isEqualTo(3);
    assertThatThrownBy(() -> EvaluationLimits.DEFAULT.with("speed", 1))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("speed: no such limit, expected one of [min-accuracy-difference,");
    assertThatThrownBy(() -> EvaluationLimits.DEFAULT.with("min-agreement", 90))
        .hasMessage("min-agreement: expected 0.0 to 1.0, found 90.0");
    assertThatThrownBy(() -> EvaluationLimits.DEFAULT.with("max-failed-rows", 0.5))
        .hasMessage("max-failed-rows: expected a whole number, found 0.5");
  }

  @Test
  void theDefaultsOfYamlAreThoseOfTheProgram() {
    assertThat(new ConfigReader<>(EvaluationLimits.class, "NO_SUCH_").load(null, Map.of()))
        .isEqualTo(EvaluationLimits.DEFAULT);
  }

  private static List<String> failed(EvaluationReport report) {
    return report.verdict().checks().stream()
        .filter(check -> !check.passed())
        .map(Check::limit)
        .toList();
  }
}
