package io.millrace.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testtools.CodeBlocks;
import io.millrace.testtools.Finished;
import io.millrace.testtools.TestTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Runs the examples of {@code docs/kafka.md}. */
final class KafkaPage {

  private static final String PAGE = "docs/kafka.md";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path directory;

  KafkaPage(Path directory) {
    this.directory = directory;
  }

  /** Runs a shell block, and gives what it prints. */
  String shell(int block, String kafka, String jobId) throws IOException {
    TestTools.kcat(); // Says what is missing.
    return run(
        new ProcessBuilder("sh", "-e", "-c", CodeBlocks.of(PAGE, "sh").get(block)), kafka, jobId);
  }

  /** Runs the page's program for Node.js, and gives what it prints. */
  String node(String kafka, String jobId) throws IOException {
    Path script = directory.resolve("example.js");
    Files.writeString(script, CodeBlocks.of(PAGE, "js").get(0));
    return run(TestTools.node(script), kafka, jobId);
  }

  private static String run(ProcessBuilder program, String kafka, String jobId) {
    program.directory(CodeBlocks.root().toFile());
    program.environment().putAll(Map.of("KAFKA", kafka, "JOB_ID", jobId));
    Finished finished = Finished.run(program, PATIENCE);
    assertThat(finished.status()).as(finished.all()).isZero();
    return finished.output();
  }
}
