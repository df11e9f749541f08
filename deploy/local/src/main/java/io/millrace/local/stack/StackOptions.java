package io.millrace.local.stack;

import io.millrace.inference.config.ConfigLoader;
import io.millrace.webhooks.config.WebhooksConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a stack is started with.
 *
 * @param apiPort of the HTTP API; 0 for any free one
 * @param flinkPort of Flink's web UI; 0 for any free one
 * @param repository where the model packages are
 * @param models the models to deploy that are not deployed yet, each by its name for its newest
 *     version, or with {@code @version} behind it; none for the sample model, the embedding model
 *     and all that are in the repository
 * @param terms of the deployments by model; one without keeps those that it has
 * @param jobSettings of the jobs, as variables of the environment that go over the real ones
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

  /** Subtasks of an operator of the inference job, of two at most, by the job settings. */
  int parallelism() {
    String asked = jobSettings.get(ConfigLoader.ENVIRONMENT_PREFIX + "PARALLELISM");
    return asked == null
        ? JobSettings.INFERENCE_SLOTS
        : Math.min(JobSettings.INFERENCE_SLOTS, Integer.parseInt(asked));
  }

  /** With webhooks to plain http URLs of this machine, for those who trust all clients. */
  public StackOptions withWebhooksToLoopback() {
    Map<String, String> settings = new HashMap<>(jobSettings);
    String prefix = WebhooksConfig.ENVIRONMENT_PREFIX + "ADDRESSES_";
    settings.put(prefix + "ALLOWED_NETWORKS", "127.0.0.0/8, ::1/128");
    settings.put(prefix + "HTTP_ALLOWED", "true");
    return new StackOptions(apiPort, flinkPort, repository, models, terms, settings, keys);
  }

  /** With API keys that callers need; null for none. */
  public StackOptions withKeys(@Nullable Path file) {
    return new StackOptions(apiPort, flinkPort, repository, models, terms, jobSettings, file);
  }
}
