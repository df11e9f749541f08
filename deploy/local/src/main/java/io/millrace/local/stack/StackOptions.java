package io.millrace.local.stack;

import java.nio.file.Path;
import java.util.List;

/**
 * What a stack is started with.
 *
 * @param apiPort of the HTTP API; 0 for any free one
 * @param flinkPort of Flink's web UI; 0 for any free one
 * @param repository where the model packages are
 * @param models the models to deploy, each in its newest version
 */
public record StackOptions(int apiPort, int flinkPort, Path repository, List<String> models) {
  public StackOptions {
    models = List.copyOf(models);
  }
}
