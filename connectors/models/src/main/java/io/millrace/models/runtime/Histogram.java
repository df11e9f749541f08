package io.millrace.models.runtime;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts values in buckets with fixed upper bounds, as Prometheus does: what several of them
 * counted can be added, which quantiles cannot. Recording allocates nothing. Safe for use by
 * several threads.
 */
public final class Histogram {

  private final long[] bounds;
  private final LongAdder[] counts;
  private final LongAdder sum = new LongAdder();

  /**
   * @param bounds upper bounds, each in its bucket, ascending; a bucket for larger values is added
   * @throws IllegalArgumentException when they do not ascend
   */
  public Histogram(long... bounds) {
    for (int i = 1; i < bounds.length; i++) {
      if (bounds[i] <= bounds[i - 1]) {
        throw new IllegalArgumentException(
            "expected ascending bounds, but there are " + Arrays.toString(bounds));
      }
    }
    this.bounds = bounds.clone();
    counts = new LongAdder[bounds.length + 1];
    Arrays.setAll(counts, bucket -> new LongAdder());
  }

  public void record(long value) {
    int found = Arrays.binarySearch(bounds, value);
    counts[found < 0 ? -found - 1 : found].increment();
    sum.add(value);
  }

  /** Buckets, with the one for values above all bounds. */
  public int buckets() {
    return counts.length;
  }

  /** The upper bound of a bucket; {@link Long#MAX_VALUE} of the last one. */
  public long bound(int bucket) {
    return bucket < bounds.length ? bounds[bucket] : Long.MAX_VALUE;
  }

  /** Values up to the bound of a bucket, those of the buckets before it included. */
  public long countUpTo(int bucket) {
    long count = 0;
    for (int i = 0; i <= bucket; i++) {
      count += counts[i].sum();
    }
    return count;
  }

  public long count() {
    return countUpTo(counts.length - 1);
  }

  public long sum() {
    return sum.sum();
  }
}
