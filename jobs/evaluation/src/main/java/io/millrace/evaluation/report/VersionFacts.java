package io.millrace.evaluation.report;

import io.millrace.models.packages.ModelManifest.TrainingReference;
import io.millrace.models.packages.ModelPackage;
import java.io.IOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a version before it is asked anything.
 *
 * @param sizeBytes of its package's files
 * @param encoder that its package names; null for none
 */
public record VersionFacts(String version, long sizeBytes, @Nullable String encoder) {

  /** The facts of a package. */
  public static VersionFacts of(ModelPackage found) throws IOException {
    long bytes = Files.size(found.file("model.yaml"));
    for (String file : found.manifest().files().keySet()) {
      bytes += Files.size(found.file(file));
    }
    TrainingReference training = found.manifest().training();
    return new VersionFacts(
        found.manifest().version(), bytes, training == null ? null : training.encoder());
  }
}
