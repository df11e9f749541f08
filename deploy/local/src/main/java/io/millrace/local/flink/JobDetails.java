package io.millrace.local.flink;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * A job and its vertices.
 *
 * @param state as Flink names it
 * @param maxParallelism -1 when none is set
 */
public record JobDetails(
    @JsonProperty("jid") String id,
    String name,
    String state,
    int maxParallelism,
    List<Vertex> vertices) {

  public JobDetails {
    // While a job waits for slots after its submission, it has no vertices yet.
    vertices = vertices == null ? List.of() : List.copyOf(vertices);
  }

  /**
   * A vertex of the job graph: a chain of operators.
   *
   * @param parallelism what it runs with now
   * @param tasks how many subtasks are in which state
   */
  public record Vertex(
      String id,
      String name,
      int parallelism,
      int maxParallelism,
      @JsonProperty("status") String state,
      Map<String, Integer> tasks) {

    public Vertex {
      tasks = Map.copyOf(tasks);
    }

    /** A subtask of a source may have finished: there was nothing for it to read. */
    boolean running() {
      return tasks.getOrDefault("RUNNING", 0) + tasks.getOrDefault("FINISHED", 0) == parallelism;
    }
  }

  /** Whether every subtask runs or has done its work; one runs once its operators are open. */
  public boolean running() {
    return state.equals("RUNNING")
        && !vertices.isEmpty()
        && vertices.stream().allMatch(Vertex::running);
  }

  /** The highest parallelism of its vertices; 0 when it has none yet. */
  public int parallelism() {
    return vertices.stream().mapToInt(Vertex::parallelism).max().orElse(0);
  }
}
