package io.millrace.registry;

import io.millrace.models.packages.ModelManifest;
import java.util.List;

/**
 * What a registry knows of a package without reading its weights.
 *
 * @param manifest its {@code model.yaml}
 * @param files the files that the manifest lists, by name
 */
public record PackageSummary(ModelManifest manifest, List<PackageFile> files) {

  public PackageSummary {
    files = List.copyOf(files);
  }

  /** Bytes of all files but {@code model.yaml}. */
  public long bytes() {
    return files.stream().mapToLong(PackageFile::bytes).sum();
  }
}
