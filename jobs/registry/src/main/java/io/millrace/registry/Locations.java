package io.millrace.registry;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where packages can be: a URI, or a directory of this machine. */
public final class Locations {

  /** Two letters at least: one letter and a colon is a drive. */
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  private Locations() {}

  /** Whether a location is a URI, and not a local directory. */
  public static boolean isUri(String location) {
    return URI.matcher(location).matches();
  }

  static org.apache.flink.core.fs.Path flinkPath(String location) {
    return isUri(location)
        ? new org.apache.flink.core.fs.Path(location)
        : new org.apache.flink.core.fs.Path(Path.of(location).toAbsolutePath().toUri());
  }
}
