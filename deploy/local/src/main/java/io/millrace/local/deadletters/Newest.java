package io.millrace.local.deadletters;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;

/** The newest of many, so that a long topic needs little memory. */
public final class Newest<T> {

  private final int limit;
  private final Comparator<T> byTime;
  private final PriorityQueue<T> kept;
  private int found;

  Newest(int limit, Function<T, Instant> time) {
    this.limit = limit;
    byTime = Comparator.comparing(time);
    kept = new PriorityQueue<>(byTime);
  }

  public void add(T one) {
    found++;
    kept.add(one);
    if (kept.size() > limit) {
      kept.remove();
    }
  }

  /** The newest last. */
  public List<T> list() {
    return kept.stream().sorted(byTime).toList();
  }

  /** Says that there are more; empty when there are not. */
  public Optional<String> more() {
    return found > kept.size()
        ? Optional.of("The newest %,d of %,d; --limit shows more.".formatted(kept.size(), found))
        : Optional.empty();
  }
}
