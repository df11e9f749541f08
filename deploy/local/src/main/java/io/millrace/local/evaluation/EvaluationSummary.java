package io.millrace.local.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.evaluation.report.ReportFiles;
import io.millrace.schemas.avro.ModelEvaluation;
import java.util.List;
import java.util.Map;

/**
 * The figures of an evaluation; as JSON, keys are in snake case.
 *
 * @param failures sentences of the limits that do not hold
 * @param metrics as in the topic of the evaluations
 * @param recorded whether it was written there
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record EvaluationSummary(
    String id,
    String model,
    String candidate,
    String production,
    boolean passed,
    List<String> failures,
    String data,
    long rows,
    Map<String, Double> metrics,
    boolean recorded,
    String reportHtml,
    String reportJson) {

  static EvaluationSummary of(ModelEvaluation evaluation, boolean recorded, ReportFiles files) {
    return new EvaluationSummary(
        evaluation.getId(),
        evaluation.getModel(),
        evaluation.getCandidate(),
        evaluation.getProduction(),
        evaluation.getPassed(),
        evaluation.getFailures(),
        evaluation.getData(),
        evaluation.getRows(),
        evaluation.getMetrics(),
        recorded,
        files.page().toString(),
        files.json().toString());
  }

  /** The summary as indented JSON, with a line end. */
  String toJson() {
    try {
      return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(this)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A summary is always valid JSON", e);
    }
  }
}
