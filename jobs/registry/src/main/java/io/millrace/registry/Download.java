package io.millrace.registry;

import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.ModelPackage;
import io.millrace.models.packages.PackageReader;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A package that is on its way into a local repository, in a hidden directory beside its place. */
final class Download implements AutoCloseable {

  private final ModelVersion version;
  private final Path hidden;
  private final Path target;

  private Download(ModelVersion version, Path hidden, Path target) {
    this.version = version;
    this.hidden = hidden;
    this.target = target;
  }

  /**
   * @throws RegistryException when the repository has the version already
   */
  static Download start(ModelVersion version, Path repository)
      throws IOException, RegistryException {
    Path model = Files.createDirectories(repository.resolve(version.model()));
    Path target = model.resolve(version.version());
    requireAbsent(version, target);
    Path hidden = model.resolve("." + version.version() + "-download-" + UUID.randomUUID());
    return new Download(version, Files.createDirectory(hidden), target);
  }

  /** Where a file goes; its directory is there. */
  Path file(String name) throws IOException {
    Path file = hidden.resolve(name);
    Path parent = file.getParent();
    if (parent == null || !file.normalize().startsWith(hidden)) {
      throw new IOException(name + " is outside of the package");
    }
    Files.createDirectories(parent);
    return file;
  }

  /**
   * Verifies what is on the disk and moves it to its place in one step.
   *
   * @throws ModelLoadException when a file is not as the manifest lists it
   * @throws RegistryException when another process was first
   */
  ModelPackage publish() throws IOException, RegistryException, ModelLoadException {
    ModelPackage verified = PackageReader.open(version, hidden);
    try {
      Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      requireAbsent(version, target);
      throw e;
    }
    return new ModelPackage(target, verified.manifest());
  }

  @Override
  public void close() throws IOException {
    if (!Files.exists(hidden)) {
      return;
    }
    try (Stream<Path> left = Files.walk(hidden)) {
      List<Path> deepestFirst = left.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    }
  }

  private static void requireAbsent(ModelVersion version, Path target) throws RegistryException {
    if (Files.exists(target)) {
      throw new RegistryException(
          "Model " + version + " is in " + target + " already, and packages are immutable");
    }
  }
}
