package io.millrace.inference.window;

import io.millrace.inference.summarise.PartialSummary;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;

/**
 * The segments of a version's dimension that have windows of their own: the first that come, up to
 * a number. They keep their windows for as long as they have some; what comes when there is no room
 * is {@code other}. Who decides has the whole dimension, so that no part of a segment is elsewhere.
 */
final class SegmentNames {

  private final int most;

  /** When the last window of each ends to take anything in, as a watermark. */
  private final MapState<String, Long> named;

  SegmentNames(int most, MapState<String, Long> named) {
    this.most = most;
    this.named = named;
  }

  /**
   * The segment that a partial summary counts for.
   *
   * @param until the watermark until which its windows are there
   */
  String name(PartialSummary partial, long until, long watermark) throws Exception {
    String other = partial.dimension() + "=other";
    String segment = partial.segment();
    if (!named.contains(segment) && !segment.equals(other) && !hasRoom(other, watermark)) {
      segment = other;
    }
    Long known = named.get(segment);
    if (known == null || known < until) {
      named.put(segment, until);
    }
    return segment;
  }

  private boolean hasRoom(String other, long watermark) throws Exception {
    int taken = 0;
    for (Iterator<Map.Entry<String, Long>> it = named.iterator(); it.hasNext(); ) {
      Map.Entry<String, Long> entry = it.next();
      if (entry.getValue() <= watermark) {
        it.remove();
      } else if (!entry.getKey().equals(other)) {
        taken++;
      }
    }
    return taken < most;
  }
}
