package io.millrace.training;

import io.millrace.models.ModelVersion;
import io.millrace.models.packages.ModelPackage;
import io.millrace.models.packages.ModelPackageWriter;
import io.millrace.models.packages.ModelPackageWriter.IfPresent;
import io.millrace.models.packages.PackageDraft;
import java.io.IOException;
import java.nio.file.Path;

/** Writes packages of an encoder alone: texts in, unit vectors out. */
public final class EncoderPackage {

  private EncoderPackage() {}

  /**
   * Writes a package.
   *
   * @throws IOException when the version is there already and must not be replaced
   */
  public static ModelPackage write(
      Path repository, ModelVersion version, Encoder encoder, IfPresent ifPresent)
      throws IOException {
    try (PackageDraft draft = new ModelPackageWriter(repository).draft(version, ifPresent)) {
      TextPackages.copyEncoder(encoder, draft);
      return draft.publish(TextPackages.embedding(version));
    }
  }
}
