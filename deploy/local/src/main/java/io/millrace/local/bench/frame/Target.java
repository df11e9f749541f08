package io.millrace.local.bench.frame;

import org.jspecify.annotations.Nullable;

/**
 * What the median of a figure is expected to be.
 *
 * @param figure as the summary calls it: of a side, with the side's name and a dot before it
 * @param bound whether it is the least or the most
 */
public record Target(String figure, Bound bound, double value) {

  /** Which side of the value is good. */
  public enum Bound {
    AT_LEAST,
    AT_MOST
  }

  public static Target atLeast(String figure, double value) {
    return new Target(figure, Bound.AT_LEAST, value);
  }

  public static Target atMost(String figure, double value) {
    return new Target(figure, Bound.AT_MOST, value);
  }

  /**
   * Whether it is met.
   *
   * @param series null when the figure was not measured, which meets nothing
   */
  boolean met(@Nullable Series series) {
    return series != null
        && (bound == Bound.AT_LEAST ? series.median() >= value : series.median() <= value);
  }

  /** For people. */
  String expectation() {
    return (bound == Bound.AT_LEAST ? ">= " : "<= ") + FigureFormat.of(value);
  }
}
