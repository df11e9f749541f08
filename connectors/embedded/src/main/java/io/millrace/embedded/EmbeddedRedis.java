package io.millrace.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A real redis-server as a child process, on the loopback interface, which keeps its data in an
 * append-only file. Close it to stop it; nothing is done at JVM shutdown. When this process is
 * killed Redis stays, and is ended by the next start on the same directory.
 */
public final class EmbeddedRedis implements AutoCloseable {

  private static final int ATTEMPTS = 5;

  private final DataDirectory directory;
  private final RedisProcess process;
  private final String scheme;

  private EmbeddedRedis(DataDirectory directory, RedisProcess process, String scheme) {
    this.directory = directory;
    this.process = process;
    this.scheme = scheme;
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
    return start(dataDirectory, port, Optional.empty());
  }

  /** The same, of a Redis that asks its clients who they are. */
  public static EmbeddedRedis startSecured(Path dataDirectory, int port, RedisAccess access) {
    return start(dataDirectory, port, Optional.of(access));
  }

  private static EmbeddedRedis start(Path dataDirectory, int port, Optional<RedisAccess> access) {
    Ports.check(port);
    DataDirectory directory = DataDirectory.claim(dataDirectory);
    boolean started = false;
    try {
      RedisFiles files = new RedisFiles(directory.path());
      new OrphanedRedis(files).end();
      Path program = files.unpackProgram();
      RedisProcess process =
          port == 0
              ? startOnFreePort(program, files, access)
              : startOn(program, files, port, access);
      started = true;
      return new EmbeddedRedis(directory, process, access.isPresent() ? "rediss" : "redis");
    } finally {
      if (!started) {
        directory.close();
      }
    }
  }

  private static RedisProcess startOn(
      Path program, RedisFiles files, int port, Optional<RedisAccess> access) {
    RedisProcess process = RedisProcess.launch(program, files, port, access);
    if (!process.awaitReady()) {
      throw new EmbeddedServerException(Ports.taken("redis-server", port), null);
    }
    return process;
  }

  /** Redis cannot choose a port, and the one found for it may be gone when it comes to it. */
  private static RedisProcess startOnFreePort(
      Path program, RedisFiles files, Optional<RedisAccess> access) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      RedisProcess process = RedisProcess.launch(program, files, findFreePort(), access);
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

  /**
   * Where clients find it: {@code redis://127.0.0.1:6379}, or {@code rediss} when it is secured.
   */
  public String uri() {
    return scheme + "://" + Ports.HOST + ":" + process.port();
  }

  /** Stops Redis and waits until it has stopped. Closing it again does nothing. */
  @Override
  public void close() {
    process.close();
    directory.close();
  }
}
