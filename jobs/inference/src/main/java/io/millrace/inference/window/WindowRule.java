package io.millrace.inference.window;

import io.millrace.inference.config.InferenceConfig;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Which windows there are and how long they last.
 *
 * @param lengths in milliseconds, ascending
 * @param lateness how long after its end a window takes in late data, in milliseconds
 * @param labelWait how long a window of an hour or more takes in labels, in milliseconds
 */
record WindowRule(List<Long> lengths, long lateness, long labelWait) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** From which length on a window waits for its labels: they come late, shorter ones are many. */
  private static final long WAITS_FOR_LABELS = Duration.ofHours(1).toMillis();

  WindowRule {
    lengths = List.copyOf(lengths);
  }

  static WindowRule of(InferenceConfig.Drift drift, InferenceConfig.Quality quality) {
    return new WindowRule(
        drift.lengths().stream().map(Duration::toMillis).toList(),
        drift.lateness().toMillis(),
        quality.labelWait().toMillis());
  }

  long shortest() {
    return lengths.get(0);
  }

  long longest() {
    return lengths.get(lengths.size() - 1);
  }

  /** The watermark from which a window takes in no features and costs any more. */
  long featuresUntil(WindowId window) {
    return window.last() + lateness;
  }

  /** The watermark from which it takes in nothing any more, and is forgotten. */
  long until(WindowId window) {
    return window.last() + waitOf(window.length());
  }

  private long waitOf(long length) {
    return length >= WAITS_FOR_LABELS ? Math.max(lateness, labelWait) : lateness;
  }
}
