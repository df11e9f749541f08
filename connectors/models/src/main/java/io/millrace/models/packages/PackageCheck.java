package io.millrace.models.packages;

import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/** What makes a package whole, wherever its files are. */
public final class PackageCheck {

  private PackageCheck() {}

  /**
   * Refuses a manifest that is of another version than the directory it was found in.
   *
   * @throws ModelLoadException says which version the manifest is of
   */
  public static void requireNames(ModelVersion version, ModelManifest manifest)
      throws ModelLoadException {
    if (!manifest.id().equals(version)) {
      throw new ModelLoadException(
          "Model %s: model.yaml: keys 'name' and 'version' say %s, expected the directory's names"
              .formatted(version, manifest.id()));
    }
  }

  /**
   * Refuses files that are not those that the manifest lists.
   *
   * @param present names of the files that are there, without {@code model.yaml}
   * @throws ModelLoadException names the first file that is unlisted or missing
   */
  public static void requireListed(
      ModelVersion version, SortedSet<String> present, Map<String, String> files)
      throws ModelLoadException {
    for (String file : present) {
      if (!files.containsKey(file)) {
        throw new ModelLoadException(
            "Model %s: file %s is not listed in model.yaml".formatted(version, file));
      }
    }
    for (String file : new TreeMap<>(files).keySet()) {
      if (!present.contains(file)) {
        throw new ModelLoadException("Model %s: file %s is missing".formatted(version, file));
      }
    }
  }

  /**
   * Refuses a file whose bytes are not those that the manifest lists.
   *
   * @throws ModelLoadException names the file and both checksums
   */
  public static void requireChecksum(
      ModelVersion version, String file, String found, String expected) throws ModelLoadException {
    if (!found.equals(expected)) {
      throw new ModelLoadException(
          "Model %s: file %s was changed: its SHA-256 is %s, expected %s"
              .formatted(version, file, found, expected));
    }
  }
}
