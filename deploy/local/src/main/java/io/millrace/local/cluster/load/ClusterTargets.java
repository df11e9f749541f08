package io.millrace.local.cluster.load;

import io.millrace.local.client.JobClient;
import io.millrace.local.cluster.ClusterState;
import io.millrace.local.stack.DeployableModels;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.LocalModelRepository;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a cluster is driven from.
 *
 * @param apis the replicas of the API
 * @param kafka the bootstrap servers
 * @param flink the JobManager's REST API
 * @param model that the load asks, of one text input
 * @param input the name of that input
 */
public record ClusterTargets(List<URI> apis, String kafka, URI flink, String model, String input) {

  public ClusterTargets {
    apis = List.copyOf(apis);
  }

  /** Those of a running cluster. */
  public static ClusterTargets of(ClusterState cluster, String model, String input) {
    return new ClusterTargets(cluster.apis(), cluster.kafka(), cluster.flink(), model, input);
  }

  /**
   * Those of a running cluster for the model that is trained on the sample data, or another one of
   * a text input.
   *
   * @param repository where its packages are
   * @throws CommandFailedException when there is no such model
   */
  public static ClusterTargets of(ClusterState cluster, Path repository, String model) {
    return of(cluster, model, textInput(repository, model));
  }

  private static String textInput(Path repository, String model) {
    ModelVersion version =
        new LocalModelRepository(repository)
            .list().stream()
                .filter(known -> known.model().equals(model))
                .findFirst()
                .orElseThrow(
                    () ->
                        new CommandFailedException(
                            "There is no model %s in %s".formatted(model, repository)));
    return DeployableModels.firstInput(repository, version);
  }

  /** A client for each replica. */
  public List<JobClient> clients() {
    return apis.stream().map(api -> new JobClient(api, model, input)).toList();
  }
}
