package io.millrace.local.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.local.terminal.CommandFailedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * {@code prometheus-targets.json} in a data directory: where Prometheus finds the metrics of the
 * stack, in the format of its {@code file_sd_configs}; {@code deploy/prometheus} reads it. Removed
 * when the stack stops.
 */
final class TargetsFile implements AutoCloseable {

  static final String NAME = "prometheus-targets.json";

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path file;

  private TargetsFile(Path file) {
    this.file = file;
  }

  /**
   * A group of targets.
   *
   * @param targets host and port
   * @param labels for Prometheus to choose by
   */
  private record Group(List<String> targets, Map<String, String> labels) {}

  static TargetsFile write(Path directory, StackAddresses addresses) {
    Path file = directory.resolve(NAME);
    Path draft = directory.resolve(NAME + ".new");
    try {
      Files.writeString(draft, content(addresses));
      // Prometheus may be reading it.
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return new TargetsFile(file);
    } catch (IOException e) {
      throw new CommandFailedException("Cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static String content(StackAddresses addresses) throws JsonProcessingException {
    return JSON.writeValueAsString(
        List.of(group("api", addresses.api()), group("flink", addresses.flinkMetrics())));
  }

  private static Group group(String part, URI address) {
    return new Group(List.of(address.getAuthority()), Map.of("__millrace_part", part));
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
