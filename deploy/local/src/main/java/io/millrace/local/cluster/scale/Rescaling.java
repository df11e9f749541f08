package io.millrace.local.cluster.scale;

import io.millrace.inference.config.ConfigLoader;
import io.millrace.inference.config.InferenceConfig;
import io.millrace.jobs.config.ConfigException;
import io.millrace.local.flink.FlinkRest;
import io.millrace.local.flink.JobDetails;
import io.millrace.local.flink.JobDetails.Vertex;
import io.millrace.local.flink.ParallelismBounds;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Changes how many subtasks a job has, through the adaptive scheduler. */
public final class Rescaling {

  private final FlinkRest flink;
  private final Set<String> scalable;

  /**
   * @param scalable the vertices that may have several subtasks
   */
  public Rescaling(FlinkRest flink, Set<String> scalable) {
    this.flink = flink;
    this.scalable = Set.copyOf(scalable);
  }

  /**
   * That of the inference job of a cluster.
   *
   * @param parallelism that it was built with, 2 or more
   */
  public static Rescaling ofInferenceJob(FlinkRest flink, int parallelism) {
    try {
      // Where its topics are does not change the graph.
      InferenceConfig config =
          ConfigLoader.load(
              null,
              Map.of(
                  ConfigLoader.ENVIRONMENT_PREFIX + "PARALLELISM",
                  Integer.toString(parallelism),
                  ConfigLoader.ENVIRONMENT_PREFIX + "KAFKA_BOOTSTRAP_SERVERS",
                  "localhost:9092"));
      return new Rescaling(flink, ScalableVertices.of(config));
    } catch (ConfigException e) {
      throw new IllegalStateException("The defaults are valid", e);
    }
  }

  /** The subtasks of the vertices that may have several; 0 before the job has any. */
  public int parallelism(JobDetails job) {
    return job.vertices().stream()
        .filter(vertex -> scalable.contains(vertex.id()))
        .mapToInt(Vertex::parallelism)
        .max()
        .orElse(0);
  }

  /**
   * Asks for so many subtasks, and takes fewer while there are not so many slots.
   *
   * @return whether that is a change
   */
  public boolean to(String jobId, int subtasks) throws InterruptedException {
    Map<String, ParallelismBounds> current = flink.resourceRequirements(jobId);
    Map<String, ParallelismBounds> wanted = new LinkedHashMap<>(current);
    wanted.replaceAll(
        (vertex, bounds) ->
            scalable.contains(vertex) ? new ParallelismBounds(1, subtasks) : bounds);
    if (wanted.equals(current)) {
      return false;
    }
    flink.putResourceRequirements(jobId, wanted);
    return true;
  }
}
