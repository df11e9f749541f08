package io.millrace.local.cluster;

import java.nio.file.Path;
import java.util.List;

/**
 * What a cluster consists of: {@code plan.json}, written by {@code cluster up}, read by the
 * supervisor.
 *
 * @param parts in the order in which they start
 * @param jobs in the order in which they are submitted
 * @param repository where the model packages are
 * @param kafka bootstrap servers
 * @param redis {@code redis://host:port}
 * @param autoscale whether the supervisor rescales the inference job with its queue
 */
public record ClusterPlan(
    List<PartPlan> parts,
    List<JobPlan> jobs,
    Path repository,
    String kafka,
    String redis,
    boolean autoscale) {

  public ClusterPlan {
    parts = List.copyOf(parts);
    jobs = List.copyOf(jobs);
  }

  /**
   * The plan of the cluster that runs, or ran last, on a data directory.
   *
   * @throws io.millrace.local.terminal.CommandFailedException when there is none
   */
  public static ClusterPlan read(Path directory) {
    return JsonFile.read(new ClusterLayout(directory).plan(), ClusterPlan.class)
        .orElseThrow(() -> ClusterState.none(directory));
  }

  void write(Path directory) {
    JsonFile.write(new ClusterLayout(directory).plan(), this);
  }

  /** The job of this name; one that the cluster does not have is an error. */
  public JobPlan job(String name) {
    return jobs.stream()
        .filter(job -> job.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no job " + name));
  }
}
