package io.millrace.local.models;

import io.millrace.local.terminal.CommandFailedException;
import io.millrace.models.ModelVersion;
import io.millrace.registry.Aliases;
import io.millrace.registry.ModelRegistry;
import io.millrace.registry.RegistryException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The registry, or else the local repository. */
final class RegistryOptions {

  @Option(
      names = "--registry",
      paramLabel = "URI",
      description =
          "A registry: a URI of a Flink file system such as s3://bucket/models, or a directory."
              + " Default: the repository.")
  private @Nullable String registry;

  @Mixin private RepositoryOptions repository = new RepositoryOptions();

  RepositoryOptions repository() {
    return repository;
  }

  /** Where the packages are that the command is about. */
  String location() {
    return registry == null ? repository.path().toString() : registry;
  }

  ModelRegistry open() {
    try {
      return ModelRegistry.open(location());
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailedException(
          "Cannot open the registry %s: %s".formatted(location(), e.getMessage()), e);
    }
  }

  /** The registry that a command copies to or from, which is never the repository. */
  ModelRegistry openRemote() {
    if (registry == null) {
      throw new CommandFailedException("Expected --registry URI: where packages are copied to");
    }
    return open();
  }

  /**
   * The version that is meant.
   *
   * @param text a version or an alias
   */
  static ModelVersion resolve(ModelRegistry packages, String model, String text)
      throws IOException {
    try {
      return Aliases.isName(text)
          ? packages.aliases().resolve(model, text)
          : new ModelVersion(model, text);
    } catch (RegistryException | IllegalArgumentException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }
}
