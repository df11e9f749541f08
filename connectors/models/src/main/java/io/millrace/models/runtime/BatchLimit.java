package io.millrace.models.runtime;

/**
 * How large the batches of one version may be now: at first what its package says, less after it
 * ran out of memory. Additive increase, multiplicative decrease, as TCP finds the rate of a network
 * that nobody tells it. The limit of the tokens is in proportion to that of the rows.
 *
 * <p>Safe for use by several threads.
 */
final class BatchLimit {

  /**
   * Calls that must answer before one more row is tried. A row too many costs the time of one call,
   * which once in 32 calls is 3% of the throughput.
   */
  static final int CALLS_PER_ROW = 32;

  private final int maxRows;
  private final int maxTokens;
  private volatile int rows;

  /** Calls that answered since the limit changed; guarded by this. */
  private int answered;

  BatchLimit(BatchPolicy policy) {
    this.maxRows = policy.maxBatchSize();
    this.maxTokens = policy.maxBatchTokens();
    this.rows = maxRows;
  }

  /** Rows of a batch at most. */
  int rows() {
    return rows;
  }

  /** Whether that many rows, padded to the longest, may run in one call. */
  boolean fits(int batchRows, int longest) {
    int now = rows;
    return batchRows <= now && (long) batchRows * longest <= tokens(now);
  }

  /** Whether not one more row fits. */
  boolean full(int batchRows, int longest) {
    return !fits(batchRows + 1, longest);
  }

  /** How full a window is: the larger share of its two limits. */
  double fill(int batchRows, int longest) {
    int now = rows;
    return Math.max((double) batchRows / now, (double) batchRows * longest / tokens(now));
  }

  /**
   * A call ran out of memory: halves the limit, to not less than one row. A call that was larger
   * than the limit is now changes nothing, so that of the halves of one batch, and of batches that
   * ran side by side, one counts.
   *
   * @return whether the limit is smaller now
   */
  synchronized boolean ranOutOfMemory(int callRows, int longest) {
    if (rows == 1 || !fits(callRows, longest)) {
      return false;
    }
    rows /= 2;
    answered = 0;
    return true;
  }

  /** A call answered. */
  void answered() {
    if (rows < maxRows) {
      grow();
    }
  }

  private synchronized void grow() {
    if (rows < maxRows && ++answered >= CALLS_PER_ROW) {
      answered = 0;
      rows++;
    }
  }

  private long tokens(int limitRows) {
    return Math.max(1, (long) maxTokens * limitRows / maxRows);
  }
}
