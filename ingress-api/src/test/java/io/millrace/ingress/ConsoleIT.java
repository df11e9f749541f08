package io.millrace.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.ingress.ApiClient.Answer;
import io.millrace.testtools.Finished;
import io.millrace.testtools.TestTools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console is served, and does in a browser what it should. */
@ExtendWith(SharedStack.class)
final class ConsoleIT {

  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Path SCRIPTS = Path.of("src", "test", "node", "console");

  private final SharedStack.Running running;

  ConsoleIT(SharedStack.Running running) {
    this.running = running;
  }

  @ParameterizedTest
  @CsvSource({
    "/console, text/html",
    "/console/console.css, text/css",
    "/console/icon.svg, image/svg+xml",
    "/console/js/main.js, javascript",
    "/console/js/views/rollout.js, javascript",
    "/console/assets/chart.umd.min.js, javascript"
  })
  void filesAreServedAndMayDoNothingElse(String path, String type) throws Exception {
    // When
    Answer answer = running.client().get(path);

    // Then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains(type);
    assertThat(answer.header("Content-Security-Policy"))
        .contains("default-src 'none'")
        .contains("script-src 'self';")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void otherAnswersKeepTheirHeaders() throws Exception {
    // When
    Answer answer = running.client().get("/v1/models");

    // Then
    assertThat(answer.header("Content-Security-Policy")).isEmpty();
    assertThat(answer.header("Cache-Control")).isNotEqualTo("no-cache");
  }

  @Test
  void pageNamesNothingElsewhere() throws Exception {
    // When
    String page = running.client().get("/console").response().body();

    // Then
    assertThat(Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(page).results())
        .isNotEmpty()
        .allSatisfy(link -> assertThat(link.group(1)).matches("/console/.*|#.*"));
  }

  /**
   * The files of the server and a stand-in for the API behind them, so that every case can be
   * shown. The screenshots are for people.
   */
  @TestFactory
  Stream<DynamicTest> consoleInABrowser() throws Exception {
    JsonNode checks =
        run("checks.js", running.server().uri().resolve("/console").toString(), "target/console");
    assertThat(checks).isNotEmpty();
    return StreamSupport.stream(checks.spliterator(), false)
        .map(
            check ->
                dynamicTest(
                    check.path("name").asText(),
                    () -> assertThat(check.path("problem").asText(null)).isNull()));
  }

  private static JsonNode run(String script, String... arguments) throws Exception {
    ProcessBuilder node = TestTools.node(SCRIPTS.resolve(script), TestTools.chromium().toString());
    node.command().addAll(List.of(arguments));
    Finished browser = Finished.run(node, PATIENCE);
    assertThat(browser.status()).as(browser.all()).isZero();
    return new ObjectMapper().readTree(browser.output());
  }
}
