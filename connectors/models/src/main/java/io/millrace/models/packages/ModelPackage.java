package io.millrace.models.packages;

import java.nio.file.Path;

/**
 * A model package on disk, {@code <repository>/<model>/<version>/}.
 *
 * @param directory where its files are
 * @param manifest its {@code model.yaml}
 */
public record ModelPackage(Path directory, ModelManifest manifest) {

  /** The path of one of the package's files. */
  public Path file(String name) {
    return directory.resolve(name);
  }
}
