package io.millrace.testtools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestToolsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path directory;

  @Test
  void nodeFindsThePackagesAndItsInput() throws IOException {
    Path script =
        script(
            """
            require('avsc');
            process.stdin.on('data', data => process.stdout.write(process.argv[2] + data));
            """);

    Finished finished =
        Finished.run(
            TestTools.node(script, "read: "), "ö".getBytes(StandardCharsets.UTF_8), PATIENCE);

    assertThat(finished).isEqualTo(new Finished(0, "read: ö", ""));
  }

  @Test
  void aProgramThatDoesNotEndIsKilled() throws IOException {
    Path script = script("setInterval(() => {}, 1000);");

    assertThatThrownBy(() -> Finished.run(TestTools.node(script), Duration.ofMillis(100)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("still running");
  }

  @Test
  void programsOfDebianAreThere() {
    assertThat(Finished.run(TestTools.kcat("-V"), PATIENCE).status()).isZero();
    assertThat(Finished.run(TestTools.promtool("--version"), PATIENCE).status()).isZero();
    assertThat(Finished.run(TestTools.prometheus("--version"), PATIENCE).status()).isZero();
    assertThat(TestTools.chromium()).isExecutable();
  }

  private Path script(String content) throws IOException {
    return Files.writeString(directory.resolve("script.js"), content);
  }
}
