package io.millrace.inference.summarise;

import org.jspecify.annotations.Nullable;

/**
 * What one subtask saw of one segment in one pane, the shortest window that there is. Partial
 * summaries of a window merge into the whole, in any order. Lies in state: {@code
 * docs/state-evolution.md}.
 *
 * @param dimension of the segment, or {@code all}
 * @param segment {@code all} or {@code <dimension>=<value>}
 * @param start of the pane, milliseconds since the epoch
 * @param features a {@link io.millrace.statistics.window.FeatureSummaries}; null for nothing
 * @param rows in it
 * @param quality a {@link io.millrace.statistics.window.QualitySummary}; null for nothing
 * @param cost a {@link io.millrace.statistics.window.CostSummary}; null for nothing
 * @param price what an hour of computing costs; null for unknown
 */
@SuppressWarnings("ArrayRecordComponent") // Written once, and not compared.
public record PartialSummary(
    String model,
    String version,
    String dimension,
    String segment,
    long start,
    byte @Nullable [] features,
    long rows,
    byte @Nullable [] quality,
    byte @Nullable [] cost,
    @Nullable Price price) {

  /** Those of a key come to one place, which knows all segments of a dimension. */
  public String key() {
    return model + "/" + version + "/" + dimension;
  }
}
