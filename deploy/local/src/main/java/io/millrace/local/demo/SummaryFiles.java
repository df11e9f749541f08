package io.millrace.local.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.local.terminal.CommandFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the figures of a run are written, and how. */
public final class SummaryFiles {

  private SummaryFiles() {}

  /**
   * Looks before minutes of work, not after.
   *
   * @param summary null for nowhere
   * @throws CommandFailedException when it cannot be written
   */
  public static void requireWritable(@Nullable Path summary) {
    if (summary == null) {
      return;
    }
    Path directory = summary.toAbsolutePath().getParent();
    if (Files.isDirectory(summary) || directory == null || !Files.isWritable(directory)) {
      throw new CommandFailedException("Cannot write the summary to " + summary);
    }
  }

  /** A summary as indented JSON, with a line end. */
  public static String json(Object summary) {
    try {
      return JsonMapper.builder()
              .build()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(summary)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A summary is always valid JSON", e);
    }
  }
}
