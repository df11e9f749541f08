package io.millrace.inference.summarise;

import io.millrace.inference.label.Answered;
import io.millrace.inference.label.LabelledAnswer;
import io.millrace.inference.observe.Sample;
import io.millrace.inference.reference.References;
import io.millrace.inference.reference.VersionReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The panes that one subtask has samples of. A pane waits in memory until it is taken out; late
 * samples make their pane anew, whose summary then is one more part of the same.
 */
final class Panes {

  /** What may wait for the reference of its version at most; then the reference is waited for. */
  private static final int MAX_WAITING = 1_000;

  private final Measures measures;
  private final References references;
  private final NavigableMap<Long, PaneTime> times = new TreeMap<>();
  private final Map<String, List<Consumer<VersionReference>>> waiting = new HashMap<>();

  /** The earliest pane of those that wait for a reference. */
  private long earliestWaiting = Long.MAX_VALUE;

  Panes(Measures measures, References references) {
    this.measures = measures;
    this.references = references;
  }

  /** The segments of one pane. */
  private static final class PaneTime {

    private final Map<Segment, Pane> panes = new LinkedHashMap<>();

    /** Segments with a value, by {@code <model>/<version>/<dimension>}. */
    private final Map<String, Integer> values = new HashMap<>();
  }

  void add(Sample sample, long time) {
    add(sample.model(), sample.version(), sample.segments(), time, pane -> pane.add(sample, time));
  }

  void add(LabelledAnswer labelled) {
    Answered answer = labelled.answer();
    add(
        answer.model(),
        answer.version(),
        answer.segments(),
        answer.time(),
        pane -> pane.add(labelled));
  }

  /** Takes over what an earlier run had. */
  void add(PartialSummary partial) {
    Segment segment =
        new Segment(partial.model(), partial.version(), partial.dimension(), partial.segment());
    withReference(
        partial.model(),
        partial.version(),
        partial.start(),
        reference -> pane(segment, partial.start(), reference).add(partial));
  }

  private void add(
      String model, String version, List<String> segments, long time, Consumer<Pane> addition) {
    long start = Math.floorDiv(time, measures.paneMillis()) * measures.paneMillis();
    withReference(
        model,
        version,
        start,
        reference -> {
          addition.accept(pane(Segment.all(model, version), start, reference));
          for (String segment : segments) {
            addition.accept(pane(Segment.of(model, version, segment), start, reference));
          }
        });
  }

  /** Panes whose time is over, which are then no longer here. */
  List<PartialSummary> takeEnded(long time) {
    settle();
    // The watermark t says that nothing comes up to and with t.
    long open = time == Long.MAX_VALUE ? Long.MAX_VALUE : time + 1 - measures.paneMillis();
    NavigableMap<Long, PaneTime> ended = times.headMap(open, true);
    List<PartialSummary> summaries = summaries(ended);
    ended.clear();
    return summaries;
  }

  /** All, which stay here. */
  List<PartialSummary> summaries() {
    settle();
    return summaries(times);
  }

  /** The start of the latest one; {@code Long.MIN_VALUE} without any. */
  long latest() {
    settle();
    return times.isEmpty() ? Long.MIN_VALUE : times.lastKey();
  }

  /** Whether there are any whose time ends after one time, and up to and with another. */
  boolean haveEnded(long after, long time) {
    if (earliestWaiting != Long.MAX_VALUE && last(earliestWaiting) <= time) {
      return true;
    }
    NavigableMap<Long, PaneTime> since =
        after == Long.MIN_VALUE ? times : times.tailMap(after + 1 - measures.paneMillis(), false);
    return !since.isEmpty() && last(since.firstKey()) <= time;
  }

  private long last(long start) {
    return start + measures.paneMillis() - 1;
  }

  private static List<PartialSummary> summaries(NavigableMap<Long, PaneTime> times) {
    List<PartialSummary> summaries = new ArrayList<>();
    times
        .values()
        .forEach(time -> time.panes.values().forEach(pane -> summaries.add(pane.summary())));
    return summaries;
  }

  private Pane pane(Segment wanted, long start, VersionReference reference) {
    PaneTime time = times.computeIfAbsent(start, absent -> new PaneTime());
    Segment segment = wanted;
    if (!time.panes.containsKey(wanted) && !wanted.dimension().equals(Segment.ALL)) {
      String dimension = wanted.model() + "/" + wanted.version() + "/" + wanted.dimension();
      if (time.values.merge(dimension, 1, Integer::sum) > measures.maxSegments()) {
        segment = wanted.other();
      }
    }
    return time.panes.computeIfAbsent(
        segment, absent -> new Pane(absent, start, reference, measures));
  }

  /**
   * Does something with the reference of a version: at once when it is there, else when it is. The
   * stream does not wait while it loads.
   */
  private void withReference(
      String model, String version, long start, Consumer<VersionReference> consumer) {
    String key = model + "/" + version;
    List<Consumer<VersionReference>> before = waiting.get(key);
    CompletableFuture<VersionReference> reference = references.of(model, version);
    if (before == null && reference.isDone()) {
      consumer.accept(reference.join());
      return;
    }
    if (before == null) {
      before = new ArrayList<>();
      waiting.put(key, before);
    }
    before.add(consumer);
    earliestWaiting = Math.min(earliestWaiting, start);
    if (reference.isDone() || before.size() >= MAX_WAITING) {
      waiting.remove(key);
      VersionReference loaded = reference.join();
      before.forEach(late -> late.accept(loaded));
    }
  }

  /** Waits for the references that are awaited. */
  private void settle() {
    List<String> keys = List.copyOf(waiting.keySet());
    for (String key : keys) {
      List<Consumer<VersionReference>> consumers = waiting.remove(key);
      int slash = key.indexOf('/');
      VersionReference loaded =
          references.of(key.substring(0, slash), key.substring(slash + 1)).join();
      if (consumers != null) {
        consumers.forEach(late -> late.accept(loaded));
      }
    }
    earliestWaiting = Long.MAX_VALUE;
  }
}
