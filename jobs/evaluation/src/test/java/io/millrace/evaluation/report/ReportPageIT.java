package io.millrace.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.testtools.Finished;
import io.millrace.testtools.TestTools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages in a browser; what they look like is left in target/. */
class ReportPageIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"light,'rgb(255, 255, 255)'", "dark,'rgb(20, 24, 31)'"})
  void anEvaluationIsDrawnInBothColourSchemes(String scheme, String background) throws Exception {
    // Given
    ReportFiles files =
        ReportFiles.write(Reports.evaluation(0.01, EvaluationLimits.DEFAULT), directory);

    // When
    JsonNode found = open(files.page(), scheme, "script", "evaluation-" + scheme);

    // Then
    assertLoadsAndRunsNothingElse(found, files.page());
    assertThat(found.path("heading").asText()).contains("support-desk: 1.1.0 against 1.0.0");
    assertThat(texts(found.path("charts")))
        .containsExactlyInAnyOrder(
            "calibration-production", "calibration-candidate", "latency", "throughput", "classes");
    assertThat(texts(found.path("blank"))).isEmpty();
    assertThat(found.path("background").asText()).isEqualTo(background);
    assertThat(found.path("wider").asBoolean()).isFalse();
    assertThat(found.path("text").asText()).contains(Reports.HOSTILE);
  }

  @Test
  void aFailedEvaluationSaysWhyOnTop() throws Exception {
    // Given
    EvaluationReport report = Reports.evaluation(0.3, EvaluationLimits.DEFAULT);
    ReportFiles files = ReportFiles.write(report, directory);

    // When
    JsonNode found = open(files.page(), "light", "script", "evaluation-failed");

    // Then
    assertLoadsAndRunsNothingElse(found, files.page());
    assertThat(found.path("heading").asText()).contains("failed");
    assertThat(report.verdict().failures()).isNotEmpty();
    assertThat(found.path("summary").asText()).contains(report.verdict().failures());
  }

  @Test
  void withoutJavaScriptTheTablesSayItAll() throws Exception {
    // Given
    ReportFiles files =
        ReportFiles.write(Reports.evaluation(0.01, EvaluationLimits.DEFAULT), directory);

    // When
    JsonNode found = open(files.page(), "light", "no-script", "evaluation-no-script");

    // Then
    assertThat(texts(found.path("charts"))).isEmpty();
    assertThat(found.path("tables").asInt()).isGreaterThanOrEqualTo(5);
    assertThat(found.path("text").asText())
        .contains("Charts need JavaScript", "Macro F1", "McNemar", "min-agreement");
  }

  @ParameterizedTest
  @CsvSource({"light", "dark"})
  void aReplayIsDrawnInBothColourSchemes(String scheme) throws Exception {
    // Given
    ReportFiles files = ReportFiles.write(Reports.replay(true), directory);

    // When
    JsonNode found = open(files.page(), scheme, "script", "replay-" + scheme);

    // Then
    assertLoadsAndRunsNothingElse(found, files.page());
    assertThat(texts(found.path("charts")))
        .containsExactlyInAnyOrder("confidences", "calls", "labels");
    assertThat(texts(found.path("blank"))).isEmpty();
    assertThat(found.path("text").asText()).contains(Reports.HOSTILE, "96.20%");
  }

  @Test
  void aReplayOfNothingSaysSo() throws Exception {
    // Given
    ReportFiles files = ReportFiles.write(Reports.replay(false), directory);

    // When
    JsonNode found = open(files.page(), "light", "script", "replay-empty");

    // Then
    assertLoadsAndRunsNothingElse(found, files.page());
    assertThat(found.path("summary").asText()).contains("Nothing could be compared");
    assertThat(texts(found.path("charts"))).isEmpty();
  }

  private static void assertLoadsAndRunsNothingElse(JsonNode found, Path page) {
    assertThat(texts(found.path("errors"))).isEmpty();
    assertThat(texts(found.path("requests"))).containsExactly(page.toUri().toString());
    assertThat(found.path("title").asText()).startsWith("support-desk");
  }

  private static JsonNode open(Path page, String scheme, String script, String screenshot)
      throws Exception {
    Finished browser =
        Finished.run(
            TestTools.node(
                Path.of("src", "test", "node", "report-page.js"),
                TestTools.chromium().toString(),
                page.toUri().toString(),
                scheme,
                script,
                Path.of("target", screenshot + ".png").toString()),
            PATIENCE);
    assertThat(browser.status()).as(browser.all()).isZero();
    return new ObjectMapper().readTree(browser.output());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
