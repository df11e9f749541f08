package io.millrace.local.cluster.scale;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IntSummaryStatistics;

/**
 * What was wanted of late. A change counts only when all of a stretch of time wanted it: up to the
 * least, down to the most that was wanted in it, as in Kubernetes' horizontal autoscaler.
 */
final class Stabilisation {

  private final Duration up;
  private final Duration down;
  private final Deque<Wish> wishes = new ArrayDeque<>();

  private record Wish(long nanos, int subtasks) {}

  Stabilisation(Duration up, Duration down) {
    this.up = up;
    this.down = down;
  }

  void add(int subtasks, long nanos) {
    wishes.addLast(new Wish(nanos, subtasks));
    long longest = Math.max(up.toNanos(), down.toNanos());
    // One that is older stays: with it the window is known to be whole.
    while (wishes.size() > 1 && nanos - second().nanos() >= longest) {
      wishes.removeFirst();
    }
  }

  private Wish second() {
    Wish first = wishes.removeFirst();
    Wish second = wishes.getFirst();
    wishes.addFirst(first);
    return second;
  }

  /** What to go to from what there is; the same when nothing was wanted long enough. */
  int settled(int current, long nanos) {
    if (covers(up, nanos) && within(up, nanos).getMin() > current) {
      return within(up, nanos).getMin();
    }
    if (covers(down, nanos) && within(down, nanos).getMax() < current) {
      return within(down, nanos).getMax();
    }
    return current;
  }

  private boolean covers(Duration window, long nanos) {
    return !wishes.isEmpty() && nanos - wishes.getFirst().nanos() >= window.toNanos();
  }

  private IntSummaryStatistics within(Duration window, long nanos) {
    return wishes.stream()
        .filter(wish -> nanos - wish.nanos() <= window.toNanos())
        .mapToInt(Wish::subtasks)
        .summaryStatistics();
  }

  /** Forgets all. */
  void clear() {
    wishes.clear();
  }
}
