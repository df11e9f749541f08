package io.millrace.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetsFileTest {

  private static final StackAddresses ADDRESSES =
      new StackAddresses(
          URI.create("http://127.0.0.1:8080"),
          URI.create("http://127.0.0.1:8081"),
          URI.create("http://127.0.0.1:9249/metrics"),
          "127.0.0.1:9092",
          "redis://127.0.0.1:6379");

  @TempDir Path directory;

  @Test
  void saysWherePrometheusFindsTheMetricsUntilTheStackStops() throws IOException {
    // Given
    Path file = directory.resolve("prometheus-targets.json");

    // When
    TargetsFile targets = TargetsFile.write(directory, ADDRESSES);

    // Then
    assertThat(new ObjectMapper().readTree(file.toFile()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    [{"targets": ["127.0.0.1:8080"], "labels": {"__millrace_part": "api"}},
                     {"targets": ["127.0.0.1:9249"], "labels": {"__millrace_part": "flink"}}]
                    """));
    targets.close();
    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }
}
