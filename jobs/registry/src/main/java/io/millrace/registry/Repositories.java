package io.millrace.registry;

import io.millrace.models.packages.LocalModelRepository;
import io.millrace.models.packages.ModelRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/** Opens what is configured as the model repository. */
public final class Repositories {

  private Repositories() {}

  /**
   * Opens a repository.
   *
   * @param uriOrDirectory a local directory, which is read in place; or a URI of a Flink file
   *     system, from which versions are downloaded when they are opened
   * @param cache where downloads are kept; each registry has a directory of its own in it
   * @throws UncheckedIOException when no file system is there for the URI's scheme
   */
  public static ModelRepository open(String uriOrDirectory, Path cache) {
    if (!Locations.isUri(uriOrDirectory)) {
      return new LocalModelRepository(Path.of(uriOrDirectory));
    }
    try {
      return new CachedRepository(
          ModelRegistry.open(uriOrDirectory), cache.resolve(directoryOf(uriOrDirectory)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open the model registry: " + e.getMessage(), e);
    }
  }

  /** The same registry finds its downloads again; another one with the same versions does not. */
  private static String directoryOf(String uri) {
    return UUID.nameUUIDFromBytes(uri.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
