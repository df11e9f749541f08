package io.millrace.statistics.window;

/**
 * Delays, counted in buckets whose bounds grow by the eighth root of 2 from a millisecond to 388
 * days: a quantile is off by 4.5% at most. Counts merge exactly, in any order.
 */
final class DelayCounts {

  private static final double FIRST_BOUND_SECONDS = 0.001;
  private static final int BUCKETS_PER_DOUBLING = 8;
  private static final int BUCKETS = 280;

  private final long[] counts;

  DelayCounts() {
    this(new long[BUCKETS]);
  }

  private DelayCounts(long[] counts) {
    this.counts = counts;
  }

  static DelayCounts read(SummaryReader in) {
    DelayCounts read = new DelayCounts();
    int used = in.size(2);
    for (int i = 0; i < used; i++) {
      long bucket = in.count();
      if (bucket >= BUCKETS) {
        throw in.damaged("bucket %d of %d".formatted(bucket, BUCKETS));
      }
      read.counts[(int) bucket] = in.count();
    }
    return read;
  }

  void write(SummaryWriter out) {
    int used = 0;
    for (long count : counts) {
      used += count > 0 ? 1 : 0;
    }
    out.count(used);
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      if (counts[bucket] > 0) {
        out.count(bucket).count(counts[bucket]);
      }
    }
  }

  /** Counts a delay; one below 0, as of clocks that differ, is one of 0. */
  void add(double seconds) {
    double doublings = Math.log(seconds / FIRST_BOUND_SECONDS) / Math.log(2);
    int bucket = seconds > 0 ? (int) Math.ceil(doublings * BUCKETS_PER_DOUBLING) : 0;
    counts[Math.min(Math.max(bucket, 0), BUCKETS - 1)]++;
  }

  void merge(DelayCounts other) {
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      counts[bucket] += other.counts[bucket];
    }
  }

  long n() {
    long n = 0;
    for (long count : counts) {
      n += count;
    }
    return n;
  }

  /**
   * The geometric middle of the bucket that the quantile lies in, in seconds; at least one delay.
   *
   * @param share 0 to 1
   */
  double quantile(double share) {
    long rank = Math.max(1, (long) Math.ceil(share * n()));
    int bucket = 0;
    for (long below = counts[0]; below < rank && bucket < BUCKETS - 1; below += counts[bucket]) {
      bucket++;
    }
    return bucket == 0
        ? 0
        : FIRST_BOUND_SECONDS * Math.pow(2, (bucket - 0.5) / BUCKETS_PER_DOUBLING);
  }
}
