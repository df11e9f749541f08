package io.millrace.local.stack;

import java.nio.file.Path;
import java.util.List;

/**
 * What a stack is started with.
 *
 * @param apiPort of the HTTP API; 0 for any free one
 * @param flinkPort of Flink's web UI; 0 for any free one
 * @param repository where the model packages are
 * @param models the models to deploy, each in its newest version; none for the sample model and all
 *     that are in the repository
 */
public record StackOptions(int apiPort, int flinkPort, Path repository, List<String> models) {
  public StackOptions {
    models = List.copyOf(models);
  }

  /** Deploys the sample model and all that are in the repository. */
  public static StackOptions allModels(int apiPort, int flinkPort, Path repository) {
    return new StackOptions(apiPort, flinkPort, repository, List.of());
  }
}
