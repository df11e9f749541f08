package io.millrace.models.packages;

import io.millrace.models.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Adds packages to a repository on the local file system. */
public final class ModelPackageWriter {

  /** What happens when the version is there already. */
  public enum IfPresent {
    /** The new package is refused: packages are immutable. */
    REFUSE,
    /** The old package is deleted. For whoever knows that nothing serves it. */
    REPLACE
  }

  private final Path root;

  public ModelPackageWriter(Path root) {
    this.root = root;
  }

  /**
   * Starts a package in a hidden directory beside its place, on the same file system.
   *
   * @throws IOException when the version is there already and must not be replaced
   */
  public PackageDraft draft(ModelVersion version, IfPresent ifPresent) throws IOException {
    Path model = root.resolve(version.model());
    Path target = model.resolve(version.version());
    if (ifPresent == IfPresent.REFUSE) {
      PackageDraft.requireAbsent(version, target);
    }
    Files.createDirectories(model);
    // Not createTempDirectory: a package must be readable by the user that serves it.
    Path directory = model.resolve("." + version.version() + "-draft-" + UUID.randomUUID());
    return new PackageDraft(version, Files.createDirectory(directory), target, ifPresent);
  }
}
