package io.millrace.registry;

import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.ManifestFormat;
import io.millrace.models.packages.ModelManifest;
import io.millrace.models.packages.ModelPackage;
import io.millrace.models.packages.PackageCheck;
import io.millrace.models.packages.PackageFiles;
import io.millrace.models.packages.PackageReader;
import io.millrace.models.packages.Sha256;
import io.millrace.schemas.SemanticVersionOrder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Model packages on any Flink file system. A version that is there never changes: it is there once
 * it has its {@code model.yaml}, which is written last, after every other file was read back and
 * found right. So a push that dies leaves nothing that anybody sees, and the next one begins anew.
 *
 * <p>File systems have no locks in common: when two push the same version at once, one may take the
 * other's half away. Both then fail, or the checksums tell.
 */
public final class ModelRegistry {

  private static final Comparator<ModelVersion> ORDER =
      Comparator.comparing(ModelVersion::model)
          .thenComparing(ModelVersion::version, new SemanticVersionOrder());

  private static final int BUFFER_BYTES = 1 << 16;

  private final RegistryFiles files;
  private final Aliases aliases;

  private ModelRegistry(RegistryFiles files) {
    this.files = files;
    aliases = new Aliases(files);
  }

  /**
   * A registry, which need not exist yet.
   *
   * @param location a URI of a Flink file system, or a local directory
   * @throws IOException when no file system is there for the URI's scheme
   */
  public static ModelRegistry open(String location) throws IOException {
    return new ModelRegistry(RegistryFiles.open(Locations.flinkPath(location)));
  }

  /** The versions that are there, by model, then by semantic version. */
  public List<ModelVersion> list() throws IOException {
    List<ModelVersion> versions = new ArrayList<>();
    for (String model : files.directories(files.root()).toList()) {
      for (String version : files.directories(files.model(model)).toList()) {
        addIfThere(model, version, versions);
      }
    }
    versions.sort(ORDER);
    return versions;
  }

  private void addIfThere(String model, String name, List<ModelVersion> versions)
      throws IOException {
    ModelVersion version;
    try {
      version = new ModelVersion(model, name);
    } catch (IllegalArgumentException e) {
      // A draft, or what someone keeps there for another purpose.
      return;
    }
    if (files.exists(files.manifest(version))) {
      versions.add(version);
    }
  }

  /** Names that point at versions. */
  public Aliases aliases() {
    return aliases;
  }

  /**
   * Reads a manifest and the sizes of the files, but not the files.
   *
   * @throws ModelLoadException when the version is not there or its manifest is invalid
   */
  public PackageSummary summary(ModelVersion version) throws IOException, ModelLoadException {
    return summary(version, manifest(version, manifestBytes(version)));
  }

  private PackageSummary summary(ModelVersion version, ModelManifest manifest)
      throws IOException, ModelLoadException {
    SortedMap<String, Long> sizes = files.sizes(files.directory(version));
    sizes.remove(PackageFiles.MANIFEST);
    PackageCheck.requireListed(version, new TreeSet<>(sizes.keySet()), manifest.files());
    return new PackageSummary(
        manifest,
        sizes.entrySet().stream()
            .map(
                file ->
                    new PackageFile(
                        file.getKey(),
                        file.getValue(),
                        manifest.files().getOrDefault(file.getKey(), "")))
            .toList());
  }

  /**
   * Reads every file and compares it with its checksum.
   *
   * @throws ModelLoadException names the file that is missing, changed or unlisted
   */
  public PackageSummary verify(ModelVersion version, TransferProgress progress)
      throws IOException, ModelLoadException {
    PackageSummary summary = summary(version);
    readBack(version, summary.manifest(), new ByteCount(progress, summary.bytes()));
    return summary;
  }

  /**
   * Copies a package into the registry.
   *
   * @throws RegistryException when the version is there already
   * @throws ModelLoadException when the package, or what the registry made of it, is damaged
   */
  public void push(ModelPackage modelPackage, TransferProgress progress)
      throws IOException, RegistryException, ModelLoadException {
    ModelVersion version = modelPackage.manifest().id();
    requireAbsent(version);
    ModelManifest manifest = PackageReader.open(version, modelPackage.directory()).manifest();
    byte[] yaml = Files.readAllBytes(modelPackage.file(PackageFiles.MANIFEST));
    // What a push that died has left.
    files.delete(files.directory(version));
    long bytes = 0;
    for (String file : manifest.files().keySet()) {
      bytes += Files.size(modelPackage.file(file));
    }
    ByteCount count = new ByteCount(progress, 2 * bytes);
    for (String file : new TreeSet<>(manifest.files().keySet())) {
      try (InputStream in =
              new CountedInput(Files.newInputStream(modelPackage.file(file)), file, count);
          OutputStream out =
              files.create(new org.apache.flink.core.fs.Path(files.directory(version), file))) {
        in.transferTo(out);
      }
    }
    readBack(version, manifest, count);
    requireAbsent(version);
    files.publish(files.manifest(version), yaml);
  }

  /**
   * Copies a version into a repository on the local file system, where it appears in one step.
   *
   * @throws RegistryException when the repository has the version already
   * @throws ModelLoadException when the version is not there or damaged
   */
  public ModelPackage pull(ModelVersion version, Path repository, TransferProgress progress)
      throws IOException, RegistryException, ModelLoadException {
    byte[] yaml = manifestBytes(version);
    PackageSummary summary = summary(version, manifest(version, yaml));
    try (Download download = Download.start(version, repository)) {
      ByteCount count = new ByteCount(progress, summary.bytes());
      for (PackageFile file : summary.files()) {
        Path target = download.file(file.name());
        try (InputStream in = input(version, file.name(), count);
            OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
          in.transferTo(out);
        }
      }
      Files.write(download.file(PackageFiles.MANIFEST), yaml);
      return download.publish();
    }
  }

  private void readBack(ModelVersion version, ModelManifest manifest, ByteCount count)
      throws IOException, ModelLoadException {
    for (Map.Entry<String, String> file : new TreeMap<>(manifest.files()).entrySet()) {
      try (InputStream in = input(version, file.getKey(), count)) {
        PackageCheck.requireChecksum(version, file.getKey(), Sha256.of(in), file.getValue());
      }
    }
  }

  private InputStream input(ModelVersion version, String file, ByteCount count) throws IOException {
    return new CountedInput(
        files.open(new org.apache.flink.core.fs.Path(files.directory(version), file), BUFFER_BYTES),
        file,
        count);
  }

  private byte[] manifestBytes(ModelVersion version) throws IOException, ModelLoadException {
    if (!files.exists(files.manifest(version))) {
      throw new ModelLoadException(
          "Model " + version + ": no package at " + files.directory(version));
    }
    return files.read(files.manifest(version), ManifestFormat.MAX_BYTES + 1);
  }

  private static ModelManifest manifest(ModelVersion version, byte[] yaml)
      throws ModelLoadException {
    try {
      ModelManifest manifest = ManifestFormat.read(yaml);
      PackageCheck.requireNames(version, manifest);
      return manifest;
    } catch (IllegalArgumentException e) {
      throw new ModelLoadException("Model " + version + ": model.yaml: " + e.getMessage(), e);
    }
  }

  private void requireAbsent(ModelVersion version) throws IOException, RegistryException {
    if (files.exists(files.manifest(version))) {
      throw new RegistryException(
          "Model " + version + " is in " + files.root() + " already, and packages are immutable");
    }
  }
}
