package io.millrace.local.cluster.scale;

import io.millrace.inference.InferenceJob;
import io.millrace.inference.config.InferenceConfig;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Which vertices of the inference job may have several subtasks. The others, such as what reads
 * deployments in their order, have one and keep it; Flink's bounds do not tell them apart once all
 * have one. Ids come from the operators' uids, so those of a graph that is only built are those of
 * the job that runs, when both were built with more than one subtask: with one, operators of both
 * kinds are chained.
 */
public final class ScalableVertices {

  private ScalableVertices() {}

  /**
   * The ids of the vertices.
   *
   * @param config the job's; its parallelism is 2 or more
   */
  public static Set<String> of(InferenceConfig config) {
    if (config.parallelism() < 2) {
      throw new IllegalArgumentException(
          "Expected a job built with 2 or more subtasks, found " + config.parallelism());
    }
    try (StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(
            InferenceJob.flinkConfiguration(config))) {
      InferenceJob.build(environment, config);
      return StreamSupport.stream(
              environment.getStreamGraph().getJobGraph().getVertices().spliterator(), false)
          .filter(vertex -> vertex.getParallelism() > 1)
          .map(JobVertex::getID)
          .map(Object::toString)
          .collect(Collectors.toUnmodifiableSet());
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("A job that was never run cannot be closed", e);
    }
  }
}
