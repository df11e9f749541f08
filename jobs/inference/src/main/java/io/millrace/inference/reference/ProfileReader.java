package io.millrace.inference.reference;

import io.millrace.statistics.profile.ReferenceProfile;
import java.io.IOException;
import java.nio.file.Path;

final class ProfileReader {
  private ProfileReader() {}

  static ReferenceProfile read(Path file) throws IOException {
    throw new IOException("TODO " + file);
  }
}
