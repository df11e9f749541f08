package io.millrace.local.cluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The end of log files. */
final class LogTail {

  /** Bytes looked at for a line. */
  private static final int LINE_BYTES = 400;

  private LogTail() {}

  /** The last lines of a file; none when it is not there. */
  static List<String> of(Path file, int lines) throws IOException {
    if (!Files.isReadable(file)) {
      return List.of();
    }
    try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
      long length = content.length();
      long from = Math.max(0, length - (long) lines * LINE_BYTES);
      byte[] end = new byte[(int) (length - from)];
      content.seek(from);
      content.readFully(end);
      List<String> all = new ArrayList<>(new String(end, StandardCharsets.UTF_8).lines().toList());
      if (from > 0 && !all.isEmpty()) {
        // A part of a line.
        all.remove(0);
      }
      return List.copyOf(all.subList(Math.max(0, all.size() - lines), all.size()));
    }
  }
}
