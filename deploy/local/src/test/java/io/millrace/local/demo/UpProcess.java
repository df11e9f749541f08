package io.millrace.local.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** {@code millrace up} in a process of its own. */
final class UpProcess implements AutoCloseable {

  private static final Duration READY = Duration.ofMinutes(2);

  private final Process process;
  private final Path output;

  private UpProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts it on free ports and waits until it says that it is ready. */
  static UpProcess start(Path data, Path output) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx768m", "-XX:+UseParallelGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.millrace.local.MillraceCommand");
    command.addAll(
        List.of("up", "--port", "0", "--flink-port", "0", "--data-dir", data.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    UpProcess up = new UpProcess(process, output);
    Awaitility.await("up: " + output)
        .atMost(READY)
        .until(() -> up.output().contains("Ctrl-C stops") || !process.isAlive());
    if (!process.isAlive()) {
      throw new IllegalStateException("up ended: " + up.output());
    }
    return up;
  }

  URI api() {
    return URI.create(address("API"));
  }

  String kafka() {
    return address("Kafka");
  }

  private String address(String part) {
    Matcher line = Pattern.compile("(?m)^" + part + " +(\\S+)$").matcher(output());
    if (!line.find()) {
      throw new IllegalStateException("No address of " + part + " in " + output());
    }
    return line.group(1);
  }

  private String output() {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL: the process has no chance to do anything more. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM: returns the exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("up does not stop: " + output());
    }
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    if (process.isAlive()) {
      stop();
    }
  }
}
