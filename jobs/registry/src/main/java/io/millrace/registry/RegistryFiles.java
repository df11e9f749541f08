package io.millrace.registry;

import io.millrace.models.ModelVersion;
import io.millrace.models.packages.PackageFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/** The layout of a registry on a Flink file system: {@code <root>/<model>/<version>/...}. */
final class RegistryFiles {

  private static final String ALIASES = "aliases.yaml";

  private final Path root;
  private final FileSystem files;

  private RegistryFiles(Path root, FileSystem files) {
    this.root = root;
    this.files = files;
  }

  /**
   * @throws IOException when there is no file system for the scheme
   */
  static RegistryFiles open(Path root) throws IOException {
    return new RegistryFiles(root, root.getFileSystem());
  }

  Path root() {
    return root;
  }

  Path model(String model) {
    return new Path(root, model);
  }

  Path aliases(String model) {
    return new Path(model(model), ALIASES);
  }

  Path directory(ModelVersion version) {
    return new Path(model(version.model()), version.version());
  }

  Path manifest(ModelVersion version) {
    return new Path(directory(version), PackageFiles.MANIFEST);
  }

  /** Names of the directories in a directory; none when it is not there. */
  Stream<String> directories(Path parent) throws IOException {
    return Arrays.stream(children(parent))
        .filter(FileStatus::isDir)
        .map(child -> child.getPath().getName());
  }

  /** Sizes in bytes of the files below a directory, by relative path. */
  SortedMap<String, Long> sizes(Path directory) throws IOException {
    SortedMap<String, Long> sizes = new TreeMap<>();
    collect(directory, "", sizes);
    return sizes;
  }

  boolean exists(Path path) throws IOException {
    return files.exists(path);
  }

  InputStream open(Path path, int bufferBytes) throws IOException {
    return files.open(path, bufferBytes);
  }

  OutputStream create(Path path) throws IOException {
    files.mkdirs(parent(path));
    return files.create(path, WriteMode.NO_OVERWRITE);
  }

  /** At most so many bytes of a file. */
  byte[] read(Path path, int most) throws IOException {
    try (InputStream in = files.open(path)) {
      return in.readNBytes(most);
    }
  }

  void delete(Path path) throws IOException {
    if (files.exists(path)) {
      files.delete(path, true);
    }
  }

  /**
   * Writes a small file that appears whole.
   *
   * @throws IOException when it is there already
   */
  void publish(Path path, byte[] bytes) throws IOException {
    Path hidden = hidden(path, bytes);
    try {
      if (files.exists(path) || !files.rename(hidden, path)) {
        throw new IOException(path + " is there already");
      }
    } finally {
      delete(hidden);
    }
  }

  /**
   * Writes a small file over an old one. On a local file system it is replaced in one step; an
   * object store shows an object whole or not at all, and has no renaming over another one.
   */
  void replace(Path path, byte[] bytes) throws IOException {
    if (files.isDistributedFS()) {
      files.mkdirs(parent(path));
      try (OutputStream out = files.create(path, WriteMode.OVERWRITE)) {
        out.write(bytes);
      }
      return;
    }
    Path hidden = hidden(path, bytes);
    try {
      if (!files.rename(hidden, path)) {
        throw new IOException("Cannot replace " + path);
      }
    } finally {
      delete(hidden);
    }
  }

  private Path hidden(Path path, byte[] bytes) throws IOException {
    Path hidden = new Path(parent(path), "." + path.getName() + "-" + UUID.randomUUID());
    try (OutputStream out = create(hidden)) {
      out.write(bytes);
    }
    return hidden;
  }

  private void collect(Path directory, String prefix, SortedMap<String, Long> sizes)
      throws IOException {
    for (FileStatus child : children(directory)) {
      String name = prefix + child.getPath().getName();
      if (child.isDir()) {
        collect(child.getPath(), name + "/", sizes);
      } else {
        sizes.put(name, child.getLen());
      }
    }
  }

  private FileStatus[] children(Path directory) throws IOException {
    // Some file systems answer null and some throw when it is not there.
    FileStatus[] children = files.exists(directory) ? files.listStatus(directory) : null;
    return children == null ? new FileStatus[0] : children;
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException(path + " is in no directory");
    }
    return parent;
  }
}
