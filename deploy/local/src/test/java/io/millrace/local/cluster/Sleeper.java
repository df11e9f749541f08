package io.millrace.local.cluster;

import java.io.IOException;

/** Processes that do nothing. */
final class Sleeper {

  private Sleeper() {}

  static Process start() throws IOException {
    return new ProcessBuilder("sleep", "600").start();
  }

  /** One that does not end when it is told to. */
  static Process deaf() throws IOException {
    Process process =
        new ProcessBuilder("sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 600; done")
            .start();
    // From then on it does not hear.
    int unused = process.getInputStream().read();
    return process;
  }
}
