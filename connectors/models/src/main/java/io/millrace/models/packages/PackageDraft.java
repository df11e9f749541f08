package io.millrace.models.packages;

import io.millrace.models.ModelVersion;
import io.millrace.models.packages.ModelPackageWriter.IfPresent;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;

/** A package that is being written. Nobody sees it before it is published. */
public final class PackageDraft implements AutoCloseable {

  private final ModelVersion version;
  private final Path directory;
  private final Path target;
  private final IfPresent ifPresent;

  PackageDraft(ModelVersion version, Path directory, Path target, IfPresent ifPresent) {
    this.version = version;
    this.directory = directory;
    this.target = target;
    this.ifPresent = ifPresent;
  }

  /** Where the package's files go. */
  public Path directory() {
    return directory;
  }

  /** The path of one of the package's files. */
  public Path file(String name) {
    return directory.resolve(name);
  }

  /** The draft as a package, to try it before it is published. */
  public ModelPackage preview(ModelManifest manifest) {
    return new ModelPackage(directory, manifest);
  }

  /**
   * Writes {@code model.yaml} with the checksums of the files that are there, and moves the package
   * to its place in one step. When an old package is replaced there is a moment without either.
   *
   * @param manifest its {@code files} are ignored
   * @throws IllegalArgumentException when the manifest is not valid or of another version
   * @throws IOException when the version is there already and must not be replaced, or the disk
   *     fails
   */
  public ModelPackage publish(ModelManifest manifest) throws IOException {
    if (!manifest.id().equals(version)) {
      throw new IllegalArgumentException(
          "The manifest is of " + manifest.id() + ", expected " + version);
    }
    ModelManifest complete = withChecksums(manifest);
    ManifestRules.check(complete);
    ManifestFormat.write(complete, file(PackageFiles.MANIFEST));
    if (ifPresent == IfPresent.REFUSE) {
      requireAbsent(version, target);
      Files.move(directory, target, StandardCopyOption.ATOMIC_MOVE);
    } else {
      replace();
    }
    return new ModelPackage(target, complete);
  }

  /** Deletes the draft when it was not published. */
  @Override
  public void close() throws IOException {
    FileUtils.deleteDirectory(directory.toFile());
  }

  static void requireAbsent(ModelVersion version, Path target) throws FileAlreadyExistsException {
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(
          target.toString(),
          null,
          "model " + version + " is there already, and packages are immutable");
    }
  }

  private void replace() throws IOException {
    Path old = directory.resolveSibling(directory.getFileName() + "-old");
    if (Files.exists(target)) {
      Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(directory, target, StandardCopyOption.ATOMIC_MOVE);
    FileUtils.deleteDirectory(old.toFile());
  }

  private ModelManifest withChecksums(ModelManifest manifest) throws IOException {
    Map<String, String> checksums = new TreeMap<>();
    for (String file : PackageFiles.list(directory)) {
      checksums.put(file, Sha256.of(file(file)));
    }
    return manifest.withFiles(checksums);
  }
}
