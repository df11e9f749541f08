package io.millrace.local.keys;

import io.millrace.ingress.access.AccessKeys;
import io.millrace.ingress.access.KeysFile;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the keys are. */
final class FileOptions {

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "The file of the API keys. Default: keys.yaml in the data directory.")
  private @Nullable Path file;

  @Mixin private Workspace workspace = new Workspace();

  Path path() {
    return file == null ? workspace.root().resolve("keys.yaml") : file.toAbsolutePath();
  }

  /** What is in the file; nothing when there is none yet. */
  AccessKeys readOrNone() {
    return Files.exists(path()) ? read() : AccessKeys.NONE;
  }

  AccessKeys read() {
    try {
      return new KeysFile(path()).read();
    } catch (IllegalArgumentException e) {
      throw new CommandFailedException("The " + e.getMessage(), e);
    }
  }

  void write(AccessKeys keys) {
    try {
      new KeysFile(path()).write(keys);
    } catch (IOException e) {
      throw new CommandFailedException("The keys file cannot be written: " + e, e);
    }
  }
}
