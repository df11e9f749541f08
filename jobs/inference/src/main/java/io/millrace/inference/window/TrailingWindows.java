package io.millrace.inference.window;

import io.millrace.inference.report.DriftReports;
import io.millrace.statistics.window.FeatureSummaries;
import io.millrace.statistics.window.Reference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.MapState;
import org.jspecify.annotations.Nullable;

/** Earlier windows of the same version and segment, which stand in for a reference. */
final class TrailingWindows {

  /** Into how many a whole reference is cut: thresholds come from how far they lie apart. */
  private static final long PARTS = 24;

  private final long span;
  private final long part;
  private final MapState<WindowId, byte[]> parts;

  /**
   * @param span how far back a reference goes, in milliseconds
   * @param shortest length of a window
   */
  TrailingWindows(long span, long shortest, MapState<WindowId, byte[]> parts) {
    this.span = span;
    part = Math.max(shortest, span / PARTS / shortest * shortest);
    this.parts = parts;
  }

  /**
   * What a window is compared with.
   *
   * @param span null when there was nothing
   */
  record Trailing(Reference reference, DriftReports.@Nullable Span span) {}

  void add(String segment, long time, byte[] features) throws Exception {
    WindowId id = WindowId.of(segment, time, part);
    parts.put(id, Merging.features(parts.get(id), features, null));
  }

  /** The reference of a window: what ended before it began, and not too long before. */
  Trailing before(WindowId window) throws Exception {
    Map<Long, FeatureSummaries> found = new TreeMap<>();
    for (Map.Entry<WindowId, byte[]> entry : parts.entries()) {
      WindowId id = entry.getKey();
      if (id.segment().equals(window.segment())
          && id.end() <= window.start()
          && id.start() >= window.start() - span) {
        found.put(id.start(), FeatureSummaries.of(entry.getValue(), null));
      }
    }
    List<Long> starts = new ArrayList<>(found.keySet());
    return new Trailing(
        Reference.ofTrailing(List.copyOf(found.values())),
        starts.isEmpty()
            ? null
            : new DriftReports.Span(
                Instant.ofEpochMilli(starts.get(0)),
                Instant.ofEpochMilli(starts.get(starts.size() - 1) + part)));
  }

  /** The watermark from which no window needs the part of a time. */
  long until(long time, WindowRule rule) {
    return WindowId.of("", time, part).last() + span + rule.longest() + rule.lateness();
  }

  /** Forgets the parts that no window needs any more. */
  void expire(long watermark, WindowRule rule) throws Exception {
    List<WindowId> expired = new ArrayList<>();
    for (WindowId id : parts.keys()) {
      if (until(id.start(), rule) <= watermark) {
        expired.add(id);
      }
    }
    for (WindowId id : expired) {
      parts.remove(id);
    }
  }
}
