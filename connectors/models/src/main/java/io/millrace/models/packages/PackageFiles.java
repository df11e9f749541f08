package io.millrace.models.packages;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The files of a package: which names they may have, which are there. */
public final class PackageFiles {

  /** The file that makes a directory a package. */
  public static final String MANIFEST = "model.yaml";

  /** Segments of plain characters that do not start with a dot; so never {@code ..} or absolute. */
  private static final Pattern RELATIVE_PATH =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9_][A-Za-z0-9._-]{0,99}){0,4}");

  private PackageFiles() {}

  /** Whether a path of {@code files} stays inside its package. */
  static boolean isInside(String path) {
    return RELATIVE_PATH.matcher(path).matches();
  }

  /**
   * Relative paths of the package's files without {@code model.yaml}, with {@code /} between
   * directories.
   *
   * @throws IOException when something other than a directory or a regular file is there: a link
   *     could lead out of the package
   */
  static SortedSet<String> list(Path directory) throws IOException {
    SortedSet<String> files = new TreeSet<>();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String name = name(directory, file);
            if (!attributes.isRegularFile()) {
              throw new IOException(name + " is a link or special file, expected a regular file");
            }
            if (!name.equals(MANIFEST)) {
              files.add(name);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static String name(Path directory, Path file) {
    return directory.relativize(file).toString().replace('\\', '/');
  }
}
