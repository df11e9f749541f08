package io.millrace.local.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file whose presence takes models down. */
record Switch(Path file) {

  static Switch in(ChaosContext context) {
    return new Switch(context.directory().resolve("model-is-down").toAbsolutePath());
  }

  void down() throws IOException {
    Files.createDirectories(file.getParent());
    Files.createFile(file);
  }

  void up() throws IOException {
    Files.delete(file);
  }
}
