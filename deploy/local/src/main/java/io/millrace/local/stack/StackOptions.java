package io.millrace.local.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a stack is started with.
 *
 * @param apiPort of the HTTP API; 0 for any free one
 * @param flinkPort of Flink's web UI; 0 for any free one
 * @param repository where the model packages are
 * @param models the models to deploy, each in its newest version; none for the sample model and all
 *     that are in the repository
 * @param terms of the deployments by model; one without keeps those that it has
 * @param jobSettings of the inference job, as variables of the environment that go over the real
 *     ones
 * @param keys the file of the API keys; null for none
 */
public record StackOptions(
    int apiPort,
    int flinkPort,
    Path repository,
    List<String> models,
    Map<String, DeploymentTerms> terms,
    Map<String, String> jobSettings,
    @Nullable Path keys) {
  public StackOptions {
    models = List.copyOf(models);
    terms = Map.copyOf(terms);
    jobSettings = Map.copyOf(jobSettings);
  }

  /** Without terms or settings. */
  public StackOptions(int apiPort, int flinkPort, Path repository, List<String> models) {
    this(apiPort, flinkPort, repository, models, Map.of(), Map.of(), null);
  }

  /** With API keys that callers need; null for none. */
  public StackOptions withKeys(@Nullable Path file) {
    return new StackOptions(apiPort, flinkPort, repository, models, terms, jobSettings, file);
  }

  /** Deploys the sample model and all that are in the repository. */
  public static StackOptions allModels(int apiPort, int flinkPort, Path repository) {
    return new StackOptions(apiPort, flinkPort, repository, List.of());
  }
}
