package io.millrace.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A redis-server that runs as our child. */
final class RedisProcess implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RedisProcess.class);
  // Redis reads its whole append-only file before it is ready.
  private static final Duration READY_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(5);
  private static final String READY = "Ready to accept connections";
  private static final String PORT_TAKEN = "Address already in use";

  private final Process process;
  private final RedisFiles files;
  private final int port;

  private RedisProcess(Process process, RedisFiles files, int port) {
    this.process = process;
    this.files = files;
    this.port = port;
  }

  static RedisProcess launch(
      Path executable, RedisFiles files, int port, Optional<RedisAccess> access) {
    String searchPath = System.getenv().getOrDefault("PATH", "");
    try {
      Process process =
          new ProcessBuilder(RedisCommandLine.of(executable, files, port, access, searchPath))
              .directory(files.directory().toFile())
              .redirectErrorStream(true)
              .redirectOutput(files.logFile().toFile())
              .start();
      process.getOutputStream().close();
      return new RedisProcess(process, files, port);
    } catch (IOException e) {
      throw new EmbeddedServerException("Cannot run " + executable, e);
    }
  }

  int port() {
    return port;
  }

  /**
   * Waits until Redis is ready.
   *
   * <p>Redis' own log says so, not an answer on the port: that could be a stranger's.
   *
   * @return false when the port was taken
   */
  boolean awaitReady() {
    long start = System.nanoTime();
    while (!files.log().contains(READY)) {
      if (!process.isAlive()) {
        if (files.log().contains(PORT_TAKEN)) {
          return false;
        }
        throw notReady("ended with exit code " + process.exitValue());
      }
      if (System.nanoTime() - start > READY_TIMEOUT.toNanos()) {
        close();
        throw notReady("was not ready after " + READY_TIMEOUT.toSeconds() + " s");
      }
      pause();
    }
    return true;
  }

  private void pause() {
    try {
      Thread.sleep(POLL_INTERVAL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new EmbeddedServerException("Interrupted while redis-server was starting", e);
    }
  }

  private EmbeddedServerException notReady(String what) {
    return new EmbeddedServerException(
        "redis-server on port "
            + port
            + " with the data directory "
            + files.directory()
            + " "
            + what
            + ". The end of its log:\n"
            + files.endOfLog(),
        null);
  }

  /** Lets Redis write what it has and end; kills it when it does not. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      LOG.warn("redis-server {} did not end in {}: killing it", process.pid(), STOP_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
