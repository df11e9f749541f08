package io.millrace.training;

import io.millrace.models.ModelVersion;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.models.packages.ModelPackage;
import io.millrace.models.packages.ModelPackageWriter;
import io.millrace.models.packages.ModelPackageWriter.IfPresent;
import io.millrace.models.packages.PackageDraft;
import java.io.IOException;
import java.nio.file.Path;

/** Writes packages of an encoder alone: texts in, unit vectors out. */
public final class EncoderPackage {

  /** MiniLM in 32-bit floats under its own name: the embedding model of the local stack. */
  public static final ModelVersion MINILM =
      new ModelVersion(Encoder.ALL_MINILM_L6_V2.id(), "1.0.0");

  private EncoderPackage() {}

  /** Writes the package of {@link #MINILM} unless the repository has it. */
  public static void install(Path repository) throws IOException {
    if (!new LocalModelRepository(repository).list().contains(MINILM)) {
      write(repository, MINILM, Encoder.ALL_MINILM_L6_V2, IfPresent.REFUSE);
    }
  }

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
