package io.millrace.models.packages;

import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.schemas.SemanticVersionOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Model packages in a directory of the local file system. Files that have not been written to since
 * this object verified them are not read again when their version is opened again.
 */
public final class LocalModelRepository implements ModelRepository {

  private static final Comparator<ModelVersion> ORDER =
      Comparator.comparing(ModelVersion::model)
          .thenComparing(ModelVersion::version, new SemanticVersionOrder());

  private final Path root;
  private final FileChecksum checksum = new KnownChecksums(InstantSource.system());

  /** The repository need not exist yet; until then it is empty. */
  public LocalModelRepository(Path root) {
    this.root = root;
  }

  /** The directory of the repository. */
  public Path root() {
    return root;
  }

  @Override
  public List<ModelVersion> list() {
    return directories(root)
        .flatMap(model -> directories(model).flatMap(directory -> version(name(model), directory)))
        .sorted(ORDER)
        .toList();
  }

  @Override
  public ModelPackage open(ModelVersion version) throws ModelLoadException {
    Path directory = PackageReader.directory(root, version);
    PackageReader.requireThere(version, directory);
    try {
      requireNoLink(version, directory);
    } catch (IOException e) {
      throw new ModelLoadException("Model " + version + ": " + e.getMessage(), e);
    }
    return PackageReader.open(version, directory, checksum);
  }

  private void requireNoLink(ModelVersion version, Path directory)
      throws IOException, ModelLoadException {
    Path expected = PackageReader.directory(root.toRealPath(), version);
    if (!directory.toRealPath().equals(expected)) {
      throw new ModelLoadException(
          "Model " + version + ": its directory is a link, expected a directory of the repository");
    }
  }

  private static Stream<ModelVersion> version(String model, Path directory) {
    if (!Files.isRegularFile(directory.resolve(PackageFiles.MANIFEST))) {
      return Stream.empty();
    }
    try {
      return Stream.of(new ModelVersion(model, name(directory)));
    } catch (IllegalArgumentException e) {
      // A draft, or a directory that someone keeps there for another purpose.
      return Stream.empty();
    }
  }

  private static Stream<Path> directories(Path parent) {
    if (!Files.isDirectory(parent)) {
      return Stream.empty();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(Files::isDirectory).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the model repository " + parent, e);
    }
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }
}
