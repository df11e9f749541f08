package io.millrace.local.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.local.terminal.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * {@code stack.json} in a data directory: where the stack that runs on it listens, for other
 * commands. Removed when the stack stops; one that a killed process left does not count.
 */
public final class AddressFile implements AutoCloseable {

  private static final String NAME = "stack.json";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final Path file;

  private AddressFile(Path file) {
    this.file = file;
  }

  /**
   * What the file holds.
   *
   * @param pid of the process that runs the stack
   */
  private record Content(long pid, StackAddresses addresses) {}

  /** Writes the addresses of a stack of this process. */
  static AddressFile write(Path directory, StackAddresses addresses) {
    Path file = directory.resolve(NAME);
    Path draft = directory.resolve(NAME + ".new");
    try {
      Files.writeString(
          draft, JSON.writeValueAsString(new Content(ProcessHandle.current().pid(), addresses)));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return new AddressFile(file);
    } catch (IOException e) {
      throw new CommandFailedException("Cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** The addresses of the stack that runs on a data directory; empty when none does. */
  public static Optional<StackAddresses> read(Path directory) {
    Path file = directory.resolve(NAME);
    try {
      Content content = JSON.readValue(Files.readString(file), Content.class);
      boolean alive = ProcessHandle.of(content.pid()).map(ProcessHandle::isAlive).orElse(false);
      return alive ? Optional.of(content.addresses()) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new CommandFailedException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
