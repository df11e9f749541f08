package io.millrace.local.bench.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * When requests are due, in nanoseconds after the start. Such a load does not wait for the server:
 * it is an open loop, as clients that know nothing of each other are.
 */
public final class Arrivals {

  private static final double NANOS = 1e9;

  private final long[] due;

  private Arrivals(long[] due) {
    this.due = due;
  }

  /** A Poisson process: independent clients. */
  public static Arrivals poisson(double perSecond, Duration length, RandomGenerator random) {
    requirePositive(perSecond);
    long[] due = new long[(int) Math.ceil(perSecond * length.toNanos() / NANOS * 2) + 64];
    int count = 0;
    double at = 0;
    while (count < due.length) {
      at += -Math.log(1 - random.nextDouble()) * NANOS / perSecond;
      if (at >= length.toNanos()) {
        break;
      }
      due[count++] = (long) at;
    }
    return new Arrivals(Arrays.copyOf(due, count));
  }

  /** One after the other at equal distances. */
  public static Arrivals even(double perSecond, Duration length) {
    requirePositive(perSecond);
    int count = (int) (perSecond * length.toNanos() / NANOS);
    long[] due = new long[count];
    for (int i = 0; i < count; i++) {
      due[i] = (long) (i * NANOS / perSecond);
    }
    return new Arrivals(due);
  }

  /**
   * A recorded pattern, its time scaled so that it has a rate: its bursts and lulls stay, as shares
   * of the mean distance.
   *
   * @param recorded seconds, ascending; at least two different ones
   * @param perSecond the mean rate that is wanted
   */
  public static Arrivals recorded(List<Double> recorded, double perSecond, Duration length) {
    requirePositive(perSecond);
    double first = recorded.get(0);
    double span = recorded.get(recorded.size() - 1) - first;
    if (recorded.size() < 2 || span <= 0) {
      throw new IllegalArgumentException("A pattern has at least two arrivals at different times");
    }
    double scale = (recorded.size() - 1) / span / perSecond;
    long[] due =
        recorded.stream()
            .mapToLong(at -> (long) ((at - first) * scale * NANOS))
            .takeWhile(at -> at < length.toNanos())
            .toArray();
    return new Arrivals(due);
  }

  private static void requirePositive(double perSecond) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("Expected a rate above 0, found " + perSecond);
    }
  }

  public int count() {
    return due.length;
  }

  /** When a request is due, in nanoseconds after the start. */
  public long dueNanos(int index) {
    return due[index];
  }
}
