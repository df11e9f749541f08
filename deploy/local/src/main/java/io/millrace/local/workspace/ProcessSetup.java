package io.millrace.local.workspace;

import java.nio.file.Path;

/**
 * Process-wide properties that libraries read once, when they are first used: to be set before
 * anything logs or makes a temporary file.
 */
public final class ProcessSetup {

  private ProcessSetup() {}

  /** Sends all logs to a file. */
  public static void logTo(Path file) {
    System.setProperty("millrace.log.file", file.toString());
  }

  /** Makes the directory that of all temporary files. */
  public static void temporaryFilesIn(Path directory) {
    System.setProperty("java.io.tmpdir", directory.toString());
  }

  /** Where DJL unpacks its native libraries; otherwise that is in the user's home. */
  public static void nativeLibrariesIn(Path directory) {
    System.setProperty("DJL_CACHE_DIR", directory.toString());
  }
}
