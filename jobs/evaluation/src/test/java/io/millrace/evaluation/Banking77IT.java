package io.millrace.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.evaluation.report.EvaluationLimits;
import io.millrace.evaluation.report.EvaluationReport;
import io.millrace.evaluation.report.ReportFiles;
import io.millrace.evaluation.speed.SpeedPlan;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.ModelPackageWriter.IfPresent;
import io.millrace.models.packages.Sha256;
import io.millrace.testtools.CodeBlocks;
import io.millrace.training.ClassifierTraining;
import io.millrace.training.Encoder;
import io.millrace.training.LabeledText;
import io.millrace.training.TrainingData;
import io.millrace.training.TrainingProgress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * fp32 against int8 on Banking77, where it lies beside the repository: all 77 classes, of each the
 * first rows, so that it takes a minute.
 */
class Banking77IT {

  private static final Logger LOG = LoggerFactory.getLogger(Banking77IT.class);
  private static final String MODEL = "banking77";
  private static final int TRAIN_ROWS_A_CLASS = 20;
  private static final int TEST_ROWS_A_CLASS = 10;

  @Test
  void theQuantisedVersionIsSmallerAndAgrees(@TempDir Path repository) throws Exception {
    // Given
    Path data = CodeBlocks.root().resolve("../shared/data/banking77").normalize();
    Path test = data.resolve("test.csv");
    assumeTrue(Files.isRegularFile(test), () -> "Skipped: there is no " + test);
    TrainingData rows = few(TrainingData.read(data.resolve("train.csv"), test));
    ClassifierTraining training = new ClassifierTraining(repository, TrainingProgress.NONE);
    training.train(
        new ModelVersion(MODEL, "1.0.0"), Encoder.ALL_MINILM_L6_V2, rows, IfPresent.REFUSE);
    training.train(
        new ModelVersion(MODEL, "1.1.0"), Encoder.ALL_MINILM_L6_V2_Q, rows, IfPresent.REFUSE);

    // When
    EvaluationReport report =
        new EvaluationRun(Clock.systemUTC())
            .run(
                new EvaluationRequest(
                    repository,
                    MODEL,
                    "1.1.0",
                    "1.0.0",
                    new LabelledData(
                        "test.csv",
                        Sha256.of(test),
                        rows.heldOut().stream()
                            .map(row -> LabelledRow.ofText(row.text(), row.label()))
                            .toList()),
                    EvaluationLimits.DEFAULT,
                    new SpeedPlan(200, 50, 3)),
                RunProgress.NONE);

    // Then
    ReportFiles.write(report, Path.of("target", "banking77"));
    LOG.warn(
        "Banking77, {} rows: accuracy {} and {}, agreement {}, speed ratio {}, size ratio {}",
        report.quality().rows(),
        report.quality().production().accuracy(),
        report.quality().candidate().accuracy(),
        report.quality().agreement(),
        report.speed().throughputRatio(),
        report.sizeRatio());
    assertThat(report.quality().rows()).isEqualTo(77 * TEST_ROWS_A_CLASS);
    assertThat(report.quality().production().accuracy()).isGreaterThan(0.8);
    assertThat(report.quality().differences().accuracy().estimate()).isGreaterThan(-0.03);
    assertThat(report.quality().agreement()).isGreaterThan(0.9);
    assertThat(report.sizeRatio()).isLessThan(0.4);
    assertThat(report.speed().throughputRatio()).isPositive();
  }

  private static TrainingData few(TrainingData all) {
    return new TrainingData(
        all.name(),
        all.sha256(),
        first(all.train(), TRAIN_ROWS_A_CLASS),
        first(all.heldOut(), TEST_ROWS_A_CLASS));
  }

  private static List<LabeledText> first(List<LabeledText> rows, int ofEach) {
    Map<String, Integer> seen = new HashMap<>();
    return rows.stream().filter(row -> seen.merge(row.label(), 1, Integer::sum) <= ofEach).toList();
  }
}
