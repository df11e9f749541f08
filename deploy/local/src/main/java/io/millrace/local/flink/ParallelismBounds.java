package io.millrace.local.flink;

/**
 * How many subtasks a vertex may have: the adaptive scheduler takes as many as there are slots for,
 * within the bounds.
 */
public record ParallelismBounds(int lower, int upper) {

  public ParallelismBounds {
    if (lower < 1 || upper < lower) {
      throw new IllegalArgumentException(
          "Expected 1 <= lower <= upper bound of a parallelism, found %d and %d"
              .formatted(lower, upper));
    }
  }
}
