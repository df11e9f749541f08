package io.millrace.local.stack;

import io.millrace.webhooks.config.WebhooksConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a stack is started with.
 *
 * @param apiPort of the HTTP API; 0 for any free one
 * @param flinkPort of Flink's web UI; 0 for any free one
 * @param repository where the model packages are
 * @param models the models to deploy, each in its newest version; none for the sample model and all
 *     that are in the repository
 * @param terms of the deployments by model; one without keeps those that it has
 * @param jobSettings of the jobs, as variables of the environment that go over the real ones
 */
public record StackOptions(
    int apiPort,
    int flinkPort,
    Path repository,
    List<String> models,
    Map<String, DeploymentTerms> terms,
    Map<String, String> jobSettings) {

  /** Job settings that let webhooks call plain http URLs of this machine. */
  public static final Map<String, String> WEBHOOKS_TO_LOOPBACK =
      Map.of(
          WebhooksConfig.ENVIRONMENT_PREFIX + "ADDRESSES_ALLOWED_NETWORKS", "127.0.0.0/8, ::1/128",
          WebhooksConfig.ENVIRONMENT_PREFIX + "ADDRESSES_HTTP_ALLOWED", "true");

  public StackOptions {
    models = List.copyOf(models);
    terms = Map.copyOf(terms);
    jobSettings = Map.copyOf(jobSettings);
  }

  /** Without terms or settings. */
  public StackOptions(int apiPort, int flinkPort, Path repository, List<String> models) {
    this(apiPort, flinkPort, repository, models, Map.of(), Map.of());
  }
}
