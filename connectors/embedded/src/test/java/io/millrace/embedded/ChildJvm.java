package io.millrace.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a main class in a JVM of its own, which is expected to halt as if it had been killed. */
final class ChildJvm {

  /** The exit code of a process ended by SIGKILL. */
  static final int KILLED = 137;

  private ChildJvm() {}

  /** Returns the last line that it printed. */
  static String run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != KILLED) {
      process.destroyForcibly();
      throw new IOException(main.getName() + " did not halt as expected: " + output);
    }
    return output.substring(output.lastIndexOf('\n') + 1);
  }
}
