package io.millrace.local.demo;

import io.millrace.local.terminal.CommandFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the figures of a run are written. */
final class SummaryFiles {

  private SummaryFiles() {}

  /**
   * Looks before minutes of work, not after.
   *
   * @param summary null for nowhere
   * @throws CommandFailedException when it cannot be written
   */
  static void requireWritable(@Nullable Path summary) {
    if (summary == null) {
      return;
    }
    Path directory = summary.toAbsolutePath().getParent();
    if (Files.isDirectory(summary) || directory == null || !Files.isWritable(directory)) {
      throw new CommandFailedException("Cannot write the summary to " + summary);
    }
  }
}
