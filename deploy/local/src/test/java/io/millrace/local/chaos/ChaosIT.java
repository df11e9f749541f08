package io.millrace.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.stack.Shutdown;
import io.millrace.local.terminal.Terminal;
import io.millrace.training.SampleModel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario, small. */
class ChaosIT {

  private static final int REQUESTS = 400;
  private static final Duration LOAD = Duration.ofSeconds(8);

  @TempDir private static Path directory;

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeAll
  static void train() throws Exception {
    var unused = SampleModel.installSmall(directory.resolve("samples"), SampleModel.VERSION);
  }

  static Stream<String> scenarios() {
    return Scenarios.all().stream().map(Scenario::name);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void everyAcceptedJobEndsOnceAndAsItMust(String name) throws Exception {
    // Given
    Scenario scenario = Scenarios.named(List.of(name)).get(0);
    Terminal terminal =
        new Terminal(new PrintStream(written, true, StandardCharsets.UTF_8), 0, false);
    Path own = Files.createDirectories(directory.resolve(name));

    // When
    ScenarioReport report;
    try (Shutdown shutdown = new Shutdown()) {
      report =
          scenario.run(
              new ChaosContext(
                  own, directory.resolve("samples"), REQUESTS, LOAD, terminal, shutdown));
    }

    // Then
    assertThat(report.passed()).as(String.join("\n", report.lines(terminal))).isTrue();
    assertThat(report.verdict().accepted()).isGreaterThanOrEqualTo(REQUESTS);
    assertThat(report.verdict().terminal()).isEqualTo(report.verdict().accepted());
  }
}
