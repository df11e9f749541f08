package io.millrace.local.demo;

import io.millrace.evaluation.EvaluationException;
import io.millrace.evaluation.EvaluationRequest;
import io.millrace.evaluation.EvaluationRun;
import io.millrace.evaluation.LabelledData;
import io.millrace.evaluation.LabelledRow;
import io.millrace.evaluation.RunProgress;
import io.millrace.evaluation.report.EvaluationReport;
import io.millrace.local.terminal.Terminal;
import io.millrace.training.SampleModel;
import io.millrace.training.TrainingData;
import io.millrace.training.TrainingException;
import java.io.IOException;
import java.time.Clock;

/** The evaluation that the good candidate needs before its rollout. */
final class DemoEvaluation {

  private DemoEvaluation() {}

  /** Evaluates it against production on the held-out rows of the sample data. */
  static EvaluationReport run(DemoVersions versions, Terminal terminal)
      throws EvaluationException, TrainingException, IOException {
    TrainingData data = SampleModel.data();
    EvaluationReport report =
        new EvaluationRun(Clock.systemUTC())
            .run(
                new EvaluationRequest(
                    versions.repository(),
                    versions.good().model(),
                    versions.good().version(),
                    versions.production().version(),
                    new LabelledData(
                        data.name(),
                        data.sha256(),
                        data.heldOut().stream()
                            .map(row -> LabelledRow.ofText(row.text(), row.label()))
                            .toList())),
                RunProgress.NONE);
    terminal.line(
        "Evaluated %s against %s on %,d rows: accuracy %.3f after %.3f, agreement %.3f, %.1f times"
                .formatted(
                    versions.good(),
                    versions.production().version(),
                    report.data().rows(),
                    report.quality().candidate().accuracy(),
                    report.quality().production().accuracy(),
                    report.quality().agreement(),
                    report.speed().throughputRatio())
            + " as fast, %.2f of the size: %s"
                .formatted(
                    report.sizeRatio(),
                    report.passed() ? "passed" : "failed, " + report.verdict().failures()));
    return report;
  }
}
