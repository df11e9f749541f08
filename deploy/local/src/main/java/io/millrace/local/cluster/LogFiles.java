package io.millrace.local.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The logs of the parts. */
public final class LogFiles {

  private static final String SUPERVISOR = "supervisor";
  private static final int BUFFER_BYTES = 1 << 16;

  private final ClusterLayout layout;
  private final ClusterState state;

  public LogFiles(Path directory) {
    layout = new ClusterLayout(directory);
    state = ClusterState.read(directory);
  }

  /** What has a log: the supervisor and each part. */
  public List<String> names() {
    return Stream.concat(Stream.of(SUPERVISOR), state.parts().stream().map(Part::name)).toList();
  }

  /** The log of a name. */
  public Path of(String name) {
    return name.equals(PartKind.REDIS.name(1))
        ? layout.redis().resolve("redis.log")
        : layout.log(name);
  }

  /** The last lines of a log. */
  public List<String> last(String name, int lines) throws IOException {
    return LogTail.of(of(name), lines);
  }

  /** Follows a log from where it ends now, also when it is rolled. */
  public Following follow(String name) throws IOException {
    Path file = of(name);
    return new Following(file, Files.exists(file) ? Files.size(file) : 0);
  }

  /** A log that is followed. */
  public static final class Following {
    private final Path file;
    private long position;
    private String rest = "";

    private Following(Path file, long position) {
      this.file = file;
      this.position = position;
    }

    /** Passes on the whole lines that are new. */
    public void poll(Consumer<String> line) throws IOException {
      if (!Files.isReadable(file)) {
        return;
      }
      try (var content = Files.newByteChannel(file)) {
        if (content.size() < position) {
          // Rolled: this is the next one.
          position = 0;
          rest = "";
        }
        content.position(position);
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        while (content.read(buffer.clear()) > 0) {
          buffer.flip();
          position += buffer.remaining();
          rest += StandardCharsets.UTF_8.decode(buffer);
          int end = rest.lastIndexOf('\n') + 1;
          rest.substring(0, end).lines().forEach(line);
          rest = rest.substring(end);
        }
      }
    }
  }
}
