package io.millrace.local.cluster;

import java.nio.file.Path;
import java.util.List;

/**
 * A job of the cluster, as it is submitted.
 *
 * @param name the pipeline's name
 * @param jar what is uploaded
 * @param arguments of its main method
 * @param checkpoints the directory of its checkpoints
 * @param savepoints the directory for its savepoints
 * @param parallelism subtasks, and so slots
 */
public record JobPlan(
    String name,
    Path jar,
    List<String> arguments,
    Path checkpoints,
    Path savepoints,
    int parallelism) {
  public JobPlan {
    arguments = List.copyOf(arguments);
  }
}
