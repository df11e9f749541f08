package io.millrace.local.bench.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Java processes of their own, and the processor time that they took. */
final class ProcessCpu {

  private ProcessCpu() {}

  /**
   * A process with this one's class path.
   *
   * @param properties as {@code -Dname=value}
   */
  static ProcessBuilder java(List<String> properties, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms512m", "-Xmx512m", "-XX:+UseParallelGC"));
    command.addAll(properties);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  /** What a process has used so far, of all its threads. */
  static Duration of(Process process) {
    return process
        .info()
        .totalCpuDuration()
        .orElseThrow(
            () -> new IllegalStateException("The system does not tell the time of a process"));
  }
}
