package io.millrace.models.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checksums of files that were read before and have not been written to since, by what the file
 * system says of them: inode, size, and the times of the last write and of the last change, the
 * last of which no program can set. A file that changed so lately that the clock of the file system
 * might not tell two writes apart is read each time; so is everything on a file system without
 * these.
 */
final class KnownChecksums implements FileChecksum {

  /** Longer than the steps in which any file system counts time. */
  static final Duration SETTLED = Duration.ofSeconds(3);

  private static final String UNIX = "unix";
  private static final String WRITTEN = "lastModifiedTime";
  private static final String CHANGED = "ctime";

  private final InstantSource clock;
  private final Map<Path, Known> known = new ConcurrentHashMap<>();

  private record Known(Identity identity, String checksum) {}

  private record Identity(Map<String, Object> attributes) {

    static Identity of(Path file) throws IOException {
      return new Identity(
          Files.readAttributes(file, UNIX + ":dev,ino,size," + WRITTEN + "," + CHANGED));
    }

    boolean settled(Instant now) {
      return before(WRITTEN, now.minus(SETTLED)) && before(CHANGED, now.minus(SETTLED));
    }

    private boolean before(String time, Instant latest) {
      return attributes.get(time) instanceof FileTime found && found.toInstant().isBefore(latest);
    }
  }

  KnownChecksums(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String of(Path file) throws IOException {
    if (!views(file).contains(UNIX)) {
      return Sha256.of(file);
    }
    Instant now = clock.instant();
    Identity before = Identity.of(file);
    Known earlier = known.get(file);
    if (earlier != null && earlier.identity().equals(before)) {
      return earlier.checksum();
    }
    String checksum = Sha256.of(file);
    if (before.settled(now) && before.equals(Identity.of(file))) {
      known.put(file, new Known(before, checksum));
    }
    return checksum;
  }

  private static Set<String> views(Path file) {
    return file.getFileSystem().supportedFileAttributeViews();
  }
}
