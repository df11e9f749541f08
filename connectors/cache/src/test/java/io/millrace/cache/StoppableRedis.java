package io.millrace.cache;

import io.millrace.embedded.EmbeddedRedis;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Redis that stays at its port when it is stopped and started again. */
final class StoppableRedis implements AutoCloseable {

  private final Path directory;
  private EmbeddedRedis redis;

  StoppableRedis(Path directory) {
    this.directory = directory;
    this.redis = EmbeddedRedis.start(directory, 0);
  }

  String uri() {
    return redis.uri();
  }

  void stop() {
    redis.close();
  }

  void start() {
    redis = EmbeddedRedis.start(directory, URI.create(redis.uri()).getPort());
  }

  /** Leaves its connections open but answers nothing any more. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    String pid = Files.readString(directory.resolve("redis.pid")).strip();
    int exitCode = new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
    if (exitCode != 0) {
      throw new IOException("Cannot send " + name + " to redis-server " + pid);
    }
  }

  @Override
  public void close() {
    redis.close();
  }
}
