package io.millrace.local.models;

import io.millrace.local.workspace.Workspace;
import io.millrace.models.packages.LocalModelRepository;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the packages are. */
final class RepositoryOptions {

  @Option(
      names = "--repository",
      paramLabel = "DIR",
      description = "The model repository. Default: models in the data directory.")
  private @Nullable Path repository;

  @Mixin private Workspace workspace = new Workspace();

  Path path() {
    return repository == null ? workspace.models() : repository.toAbsolutePath();
  }

  LocalModelRepository open() {
    return new LocalModelRepository(path());
  }

  Workspace workspace() {
    return workspace;
  }
}
