package io.millrace.models.packages;

import java.io.IOException;
import java.nio.file.Path;

/** Says the SHA-256 of a file's bytes, in lower-case hex. */
interface FileChecksum {
  String of(Path file) throws IOException;
}
