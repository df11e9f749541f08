package io.millrace.models.packages;

import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import java.util.List;

/** Where model packages are found. */
public interface ModelRepository {

  /** The versions that are there, by model, then by semantic version. */
  List<ModelVersion> list();

  /**
   * Reads a package's manifest and verifies the checksum of every file.
   *
   * @throws ModelLoadException when the package is missing, its manifest is invalid, or a file is
   *     missing, changed or unlisted; names the file
   */
  ModelPackage open(ModelVersion version) throws ModelLoadException;
}
