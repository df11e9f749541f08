package io.millrace.local.models;

import io.millrace.local.terminal.CommandFailedException;
import io.millrace.models.ModelVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** Which package is meant. */
final class VersionParameters {

  @Parameters(index = "0", paramLabel = "MODEL", description = "The model's name.")
  private String model = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VERSION",
      description = "Its version. Default: the newest.")
  private @Nullable String version;

  /**
   * The version that is meant.
   *
   * @throws CommandFailedException when it is not there
   */
  ModelVersion resolve(RepositoryOptions repository) {
    List<ModelVersion> versions =
        repository.open().list().stream().filter(found -> found.model().equals(model)).toList();
    return versions.stream()
        .filter(found -> version == null || found.version().equals(version))
        .reduce((older, newer) -> newer)
        .orElseThrow(
            () ->
                new CommandFailedException(
                    "There is no model '%s'%s in %s; its versions there are %s"
                        .formatted(
                            model,
                            version == null ? "" : " " + version,
                            repository.path(),
                            versions.stream().map(ModelVersion::version).toList())));
  }
}
