package io.millrace.local.stack;

import io.millrace.embedded.EmbeddedRedis;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;

/** The Redis of a stack. An outage kills it, and it comes back without anything. */
final class ReadStore implements AutoCloseable, Outage {

  /** Written by the embedded server. */
  private static final String PID_FILE = "redis.pid";

  private final Path directory;
  private final String uri;
  private EmbeddedRedis redis;

  private ReadStore(Path directory, EmbeddedRedis redis) {
    this.directory = directory;
    this.redis = redis;
    uri = redis.uri();
  }

  static ReadStore start(Path directory) {
    return new ReadStore(directory, EmbeddedRedis.start(directory, 0));
  }

  String uri() {
    return uri;
  }

  @Override
  public synchronized void begin() throws IOException {
    long pid = Long.parseLong(Files.readString(directory.resolve(PID_FILE)).strip());
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    redis.close();
  }

  @Override
  public synchronized void end() throws IOException {
    FileUtils.deleteDirectory(directory.toFile());
    redis = EmbeddedRedis.start(directory, URI.create(uri).getPort());
  }

  @Override
  public synchronized void close() {
    redis.close();
  }
}
