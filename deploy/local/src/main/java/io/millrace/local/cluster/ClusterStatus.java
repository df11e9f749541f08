package io.millrace.local.cluster;

import io.millrace.inference.InferenceJob;
import io.millrace.local.cluster.PartView.Health;
import io.millrace.webhooks.WebhooksJob;
import java.util.List;

/**
 * How a cluster is.
 *
 * @param directory its data directory
 * @param supervised whether its supervisor lives
 * @param parts its processes
 * @param jobs those that have not ended; none while the JobManager is away
 */
public record ClusterStatus(
    String directory, boolean supervised, List<PartView> parts, List<JobView> jobs) {

  public ClusterStatus {
    parts = List.copyOf(parts);
    jobs = List.copyOf(jobs);
  }

  /** Everything serves, and both jobs run. */
  public boolean isWell() {
    return supervised
        && parts.stream().allMatch(part -> part.health() == Health.UP)
        && runs(InferenceJob.NAME)
        && runs(WebhooksJob.NAME);
  }

  private boolean runs(String name) {
    return jobs.stream().anyMatch(job -> job.name().equals(name) && job.running());
  }

  /** As a JSON object, names in snake case. */
  public String toJson() {
    return JsonFile.render(this);
  }
}
