package io.millrace.statistics.window;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts of values of which there may be any number: those of the {@value #LIMIT} that occur most,
 * and one count of all others. Exact, and the same whatever the order of adding and merging, while
 * there are no more values than that.
 */
final class BoundedCounts {

  static final int LIMIT = 1_000;

  /** A longer value is one of the others. */
  static final int LONGEST = 256;

  private final TreeMap<String, Long> counts = new TreeMap<>();
  private long others;

  static BoundedCounts read(SummaryReader in) {
    BoundedCounts read = new BoundedCounts();
    int size = in.size(3);
    for (int i = 0; i < size; i++) {
      read.counts.put(in.text(), in.count());
    }
    read.others = in.count();
    return read;
  }

  void write(SummaryWriter out) {
    out.count(counts.size());
    counts.forEach((value, count) -> out.text(value).count(count));
    out.count(others);
  }

  void add(String value) {
    if (counts.containsKey(value) || (counts.size() < LIMIT && value.length() <= LONGEST)) {
      counts.merge(value, 1L, Long::sum);
    } else {
      others++;
    }
  }

  /** Adds a whole distribution, of which the values that occur least may become others. */
  void add(SortedMap<String, Long> more, long moreOthers) {
    more.forEach((value, count) -> counts.merge(value, count, Long::sum));
    others += moreOthers;
    if (counts.size() > LIMIT) {
      List<String> rarest =
          counts.entrySet().stream()
              .sorted(Map.Entry.<String, Long>comparingByValue().thenComparing(rarestLast()))
              .limit(counts.size() - LIMIT)
              .map(Map.Entry::getKey)
              .toList();
      rarest.forEach(value -> others += counts.remove(value));
    }
  }

  void merge(BoundedCounts other) {
    add(other.counts(), other.others);
  }

  SortedMap<String, Long> counts() {
    return Collections.unmodifiableSortedMap(counts);
  }

  long others() {
    return others;
  }

  long n() {
    return others + counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Of equally rare ones the last by name goes first. */
  private static Comparator<Map.Entry<String, Long>> rarestLast() {
    return Map.Entry.<String, Long>comparingByKey().reversed();
  }
}
