package io.millrace.ingress;

import static io.millrace.ingress.ApiClient.JOBS;
import static io.millrace.ingress.ApiClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testtools.CodeBlocks;
import io.millrace.testtools.Finished;
import io.millrace.testtools.TestTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The calls of {@code docs/api.md} are answered as the page says. */
@ExtendWith(SharedStack.class)
final class ApiPageIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final SharedStack.Running running;

  @TempDir private Path directory;

  ApiPageIT(SharedStack.Running running) {
    this.running = running;
  }

  static List<String> calls() throws IOException {
    return CodeBlocks.of("docs/api.md", "sh");
  }

  @ParameterizedTest
  @MethodSource("calls")
  void callIsAnsweredAsThePageSays(String call) throws Exception {
    // Given
    TestTools.curl();
    Files.writeString(
        directory.resolve(".curlrc"), "silent\nwrite-out = \"%{stderr}%{http_code}\"\n");
    String job =
        running
            .client()
            .post(JOBS, text("of the page"), "Prefer", "wait=30")
            .json()
            .path("id")
            .asText();
    ProcessBuilder shell = new ProcessBuilder("sh", "-e", "-c", call);
    shell
        .environment()
        .putAll(
            Map.of(
                "API",
                running.server().uri().toString(),
                "JOB",
                job,
                "CURL_HOME",
                directory.toString()));

    // When
    Finished finished = Finished.run(shell, PATIENCE);

    // Then
    assertThat(finished.status()).as(finished.all()).isZero();
    assertThat("# " + finished.errors())
        .as(finished.output())
        .isEqualTo(call.lines().findFirst().orElse(""));
  }
}
