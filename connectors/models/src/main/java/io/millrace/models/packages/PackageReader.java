package io.millrace.models.packages;

import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Reads and verifies one package in a directory of the local file system. */
public final class PackageReader {

  private PackageReader() {}

  /** Where a repository has a version. */
  public static Path directory(Path root, ModelVersion version) {
    return root.resolve(version.model()).resolve(version.version());
  }

  /**
   * Reads a package and verifies the checksum of every file.
   *
   * @throws ModelLoadException when the package is missing, its manifest is invalid, or a file is
   *     missing, changed or unlisted; names the file
   */
  public static ModelPackage open(ModelVersion version, Path directory) throws ModelLoadException {
    return open(version, directory, Sha256::of);
  }

  static ModelPackage open(ModelVersion version, Path directory, FileChecksum checksum)
      throws ModelLoadException {
    ModelManifest manifest = manifest(version, directory);
    try {
      verify(version, directory, manifest.files(), checksum);
      return new ModelPackage(directory, manifest);
    } catch (IOException e) {
      throw new ModelLoadException("Model " + version + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads {@code model.yaml} alone; the files may be changed or missing. Each path of its {@code
   * files} stays inside the package.
   *
   * @throws ModelLoadException when it is missing, not valid, or of another version
   */
  public static ModelManifest manifest(ModelVersion version, Path directory)
      throws ModelLoadException {
    requireThere(version, directory);
    ModelManifest manifest;
    try {
      manifest = ManifestFormat.read(directory.resolve(PackageFiles.MANIFEST));
    } catch (IllegalArgumentException e) {
      throw new ModelLoadException("Model " + version + ": model.yaml: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new ModelLoadException("Model " + version + ": " + e.getMessage(), e);
    }
    PackageCheck.requireNames(version, manifest);
    return manifest;
  }

  static void requireThere(ModelVersion version, Path directory) throws ModelLoadException {
    if (!Files.isRegularFile(directory.resolve(PackageFiles.MANIFEST), LinkOption.NOFOLLOW_LINKS)) {
      throw new ModelLoadException(
          "Model " + version + ": no package at " + directory + ", expected model.yaml there");
    }
  }

  private static void verify(
      ModelVersion version, Path directory, Map<String, String> files, FileChecksum checksum)
      throws IOException, ModelLoadException {
    PackageCheck.requireListed(version, PackageFiles.list(directory), files);
    for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
      PackageCheck.requireChecksum(
          version, file.getKey(), checksum.of(directory.resolve(file.getKey())), file.getValue());
    }
  }
}
