package io.millrace.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/**
 * What lies in Redis' data directory beside the data.
 *
 * @param directory absolute, without symbolic links
 */
record RedisFiles(Path directory) {

  private static final int LOG_LINES = 20;

  /** Written by Redis when it starts, removed by it when it ends by itself. */
  Path pidFile() {
    return directory.resolve("redis.pid");
  }

  /** The log of the last start. */
  Path logFile() {
    return directory.resolve("redis.log");
  }

  /** Holds the program: a process that runs it belongs to this data directory and to no other. */
  Path programs() {
    return directory.resolve("bin");
  }

  /** Takes the program for this machine out of its jar. */
  Path unpackProgram() {
    try {
      Files.createDirectories(programs());
      return ExecutableProvider.newJarResourceProvider(programs().toFile()).get().toPath();
    } catch (IOException | RuntimeException e) {
      throw new EmbeddedServerException("Cannot unpack redis-server into " + programs(), e);
    }
  }

  String log() {
    try {
      // Redis logs ASCII, except for names that it was given.
      return Files.readString(logFile(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + logFile(), e);
    }
  }

  String endOfLog() {
    List<String> lines = log().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
  }
}
