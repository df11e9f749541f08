package io.millrace.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A redis-server that outlived the process that started it, which was killed. It holds its port and
 * writes to the data directory, so it must end before another starts there.
 */
final class OrphanedRedis {

  private static final Logger LOG = LoggerFactory.getLogger(OrphanedRedis.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(5);

  private final RedisFiles files;

  OrphanedRedis(RedisFiles files) {
    this.files = files;
  }

  /** Ends the orphan when there is one. Call it only while holding the data directory's claim. */
  void end() {
    readPid().flatMap(ProcessHandle::of).filter(this::isOurs).ifPresent(this::end);
  }

  private Optional<Long> readPid() {
    try {
      return Optional.of(Long.parseLong(Files.readString(files.pidFile()).strip()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | NumberFormatException e) {
      LOG.warn("Ignoring {}: it does not hold a process id ({})", files.pidFile(), e.toString());
      return Optional.empty();
    }
  }

  /**
   * Whether the process runs the program inside this data directory. A process id can have been
   * given to someone else since; a process that has ended, but was not collected yet, runs nothing.
   */
  private boolean isOurs(ProcessHandle process) {
    return process
        .info()
        .command()
        .map(command -> Path.of(command).startsWith(files.programs()))
        .orElse(false);
  }

  private void end(ProcessHandle orphan) {
    LOG.info("Ending redis-server {}, left behind in {}", orphan.pid(), files.directory());
    orphan.destroy();
    if (!awaitEnd(orphan)) {
      LOG.warn("redis-server {} did not end in {}: killing it", orphan.pid(), STOP_TIMEOUT);
      orphan.destroyForcibly();
      if (!awaitEnd(orphan)) {
        throw new EmbeddedServerException(
            "Cannot end redis-server "
                + orphan.pid()
                + ", which was left behind in "
                + files.directory(),
            null);
      }
    }
  }

  private boolean awaitEnd(ProcessHandle orphan) {
    long start = System.nanoTime();
    while (orphan.isAlive() && isOurs(orphan)) {
      if (System.nanoTime() - start > STOP_TIMEOUT.toNanos()) {
        return false;
      }
      try {
        Thread.sleep(POLL_INTERVAL.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EmbeddedServerException("Interrupted while an old redis-server was ending", e);
      }
    }
    return true;
  }
}
