package io.millrace.local.cluster.load;

import io.millrace.local.client.JobClient;
import java.net.URI;
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

  /** A client for each replica. */
  public List<JobClient> clients() {
    return apis.stream().map(api -> new JobClient(api, model, input)).toList();
  }
}
