package io.millrace.local.bench;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.millrace.local.demo.SummaryFiles;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of {@code bench drift}; as JSON, keys are in snake case.
 *
 * @param on texts a second with drift
 * @param off without
 * @param ratio the median of the ratios of neighbouring runs, on to off
 * @param loadAverage of the last minute, at the end
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record DriftBenchSummary(Range on, Range off, Range ratio, double loadAverage) {

  /** A series without its single values. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Range(double median, double min, double max) {
    static Range of(Series series) {
      return new Range(series.median(), series.min(), series.max());
    }
  }

  static DriftBenchSummary of(Series on, Series off, double loadAverage) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < on.values().size(); i++) {
      ratios.add(on.values().get(i) / off.values().get(i));
    }
    return new DriftBenchSummary(
        Range.of(on), Range.of(off), Range.of(new Series(ratios)), loadAverage);
  }

  /** As indented JSON, with a line end. */
  String toJson() {
    return SummaryFiles.json(this);
  }
}
