package io.millrace.models.faulty;

import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.models.packages.ModelManifest;
import io.millrace.models.packages.ModelPackage;
import io.millrace.models.packages.ModelPackageWriter;
import io.millrace.models.packages.ModelPackageWriter.IfPresent;
import io.millrace.models.packages.PackageDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes packages that go wrong of packages that do not. */
public final class FaultyPackages {

  private FaultyPackages() {}

  /**
   * Copies a package of a repository and adds faults.
   *
   * @param faulty the name of the copy
   * @return the copy, published
   * @throws ModelLoadException when the original is missing or damaged
   * @throws IOException when the repository has a version of the copy's name already, or the disk
   *     fails
   */
  public static ModelPackage wrap(
      Path repository, ModelVersion original, ModelVersion faulty, Faults faults)
      throws ModelLoadException, IOException {
    ModelPackage source = new LocalModelRepository(repository).open(original);
    ModelPackageWriter writer = new ModelPackageWriter(repository);
    try (PackageDraft draft = writer.draft(faulty, IfPresent.REFUSE)) {
      for (String file : source.manifest().files().keySet()) {
        Files.createDirectories(draft.file(file).getParent());
        Files.copy(source.file(file), draft.file(file));
      }
      FaultsFile.write(faults, draft.file(FaultsFile.NAME));
      return draft.publish(manifest(source.manifest(), faulty, FaultyEngine.NAME));
    }
  }

  /** A manifest under another name and for another engine. */
  static ModelManifest manifest(ModelManifest original, ModelVersion version, String engine) {
    return new ModelManifest(
        version.model(),
        version.version(),
        original.task(),
        engine,
        original.device(),
        original.inputs(),
        original.outputs(),
        original.text(),
        original.batching(),
        original.labels(),
        original.features(),
        original.files(),
        original.baseline(),
        original.training(),
        // That would be a version of the original.
        null);
  }
}
