package io.millrace.embedded;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A real redis-server as a child process, on the loopback interface, which keeps its data in an
 * append-only file. Close it to stop it; nothing is done at JVM shutdown. When this process is
 * killed Redis stays, and is ended by the next start on the same directory.
 */
public final class EmbeddedRedis implements AutoCloseable {

  private static final int ATTEMPTS = 5;

  private final DataDirectory directory;
  private final RedisProcess process;

  private EmbeddedRedis(DataDirectory directory, RedisProcess process) {
    this.directory = directory;
    this.process = process;
  }

  /**
   * Starts Redis and waits until it serves clients. On a directory that a Redis has used before its
   * data is there again, whatever the port.
   *
   * @param dataDirectory created when it is missing
   * @param port the port to listen on; 0 for any free one
   * @throws EmbeddedServerException when the port is taken, the directory is in use or cannot be
   *     used, or Redis does not start; with the end of its log
   */
  public static EmbeddedRedis start(Path dataDirectory, int port) {
    Ports.check(port);
    DataDirectory directory = DataDirectory.claim(dataDirectory);
    boolean started = false;
    try {
      RedisFiles files = new RedisFiles(directory.path());
      new OrphanedRedis(files).end();
      Path program = files.unpackProgram();
      RedisProcess process =
          port == 0 ? startOnFreePort(program, files) : startOn(program, files, port);
      started = true;
      return new EmbeddedRedis(directory, process);
    } finally {
      if (!started) {
        directory.close();
      }
    }
  }

  private static RedisProcess startOn(Path program, RedisFiles files, int port) {
    RedisProcess process = RedisProcess.launch(program, files, port);
    if (!process.awaitReady()) {
      throw new EmbeddedServerException(Ports.taken("redis-server", port), null);
    }
    return process;
  }

  /** Redis cannot choose a port, and the one found for it may be gone when it comes to it. */
  private static RedisProcess startOnFreePort(Path program, RedisFiles files) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      RedisProcess process = RedisProcess.launch(program, files, findFreePort());
      if (process.awaitReady()) {
        return process;
      }
    }
    throw new EmbeddedServerException(
        "redis-server found its port taken by others " + ATTEMPTS + " times in a row", null);
  }

  private static int findFreePort() {
    try {
      return Ports.findFree();
    } catch (IOException e) {
      throw new EmbeddedServerException("Cannot find a free port for redis-server", e);
    }
  }

  /** Where clients find it, such as {@code redis://127.0.0.1:6379}. */
  public String uri() {
    return "redis://" + Ports.HOST + ":" + process.port();
  }

  /** Stops Redis and waits until it has stopped. Closing it again does nothing. */
  @Override
  public void close() {
    process.close();
    directory.close();
  }
}
