package io.millrace.local.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory that a process has, as Linux tells it. */
final class ResidentMemory {

  private static final String LINE = "VmRSS:";

  private ResidentMemory() {}

  /** Bytes; 0 where the system does not tell. */
  static long of(long pid) {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    try {
      return Files.isReadable(status)
          ? Files.readAllLines(status).stream()
              .filter(line -> line.startsWith(LINE))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
              .findFirst()
              .orElse(0)
          : 0;
    } catch (IOException e) {
      // It has ended just now.
      return 0;
    }
  }
}
