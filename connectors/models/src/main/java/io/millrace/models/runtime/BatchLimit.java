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

  /** Replaced as a whole, so that readers never see the parts of two limits. */
  private volatile Sizes sizes;

  /** Calls that answered since the limit changed; guarded by this. */
  private int answered;

  /**
   * @param rows of a batch at most, now
   * @param maxRows and if memory suffices
   * @param maxTokens of a batch of {@code maxRows} at most
   */
  private record Sizes(int rows, int maxRows, int maxTokens) {

    Sizes withRows(int newRows) {
      return new Sizes(newRows, maxRows, maxTokens);
    }

    boolean fits(int batchRows, int longest) {
      return batchRows <= rows && (long) batchRows * longest <= tokens();
    }

    long tokens() {
      return Math.max(1, (long) maxTokens * rows / maxRows);
    }
  }

  BatchLimit(BatchPolicy policy) {
    sizes = new Sizes(policy.maxBatchSize(), policy.maxBatchSize(), policy.maxBatchTokens());
  }

  /** From now on goes by another policy. A limit that was lowered stays, if it is the lower one. */
  synchronized void follow(BatchPolicy policy) {
    Sizes old = sizes;
    int rows = old.rows() == old.maxRows() ? Integer.MAX_VALUE : old.rows();
    sizes =
        new Sizes(
            Math.min(rows, policy.maxBatchSize()), policy.maxBatchSize(), policy.maxBatchTokens());
    answered = 0;
  }

  /** Rows of a batch at most. */
  int rows() {
    return sizes.rows();
  }

  /** Whether that many rows, padded to the longest, may run in one call. */
  boolean fits(int batchRows, int longest) {
    return sizes.fits(batchRows, longest);
  }

  /** Whether not one more row fits. */
  boolean full(int batchRows, int longest) {
    return !fits(batchRows + 1, longest);
  }

  /** How full a window is: the larger share of its two limits. */
  double fill(int batchRows, int longest) {
    Sizes now = sizes;
    return Math.max((double) batchRows / now.rows(), (double) batchRows * longest / now.tokens());
  }

  /**
   * A call ran out of memory: halves the limit, to not less than one row. A call that was larger
   * than the limit is now changes nothing, so that of the halves of one batch, and of batches that
   * ran side by side, one counts.
   *
   * @return whether the limit is smaller now
   */
  synchronized boolean ranOutOfMemory(int callRows, int longest) {
    Sizes now = sizes;
    if (now.rows() == 1 || !now.fits(callRows, longest)) {
      return false;
    }
    sizes = now.withRows(now.rows() / 2);
    answered = 0;
    return true;
  }

  /** A call answered. */
  void answered() {
    Sizes now = sizes;
    if (now.rows() < now.maxRows()) {
      grow();
    }
  }

  private synchronized void grow() {
    Sizes now = sizes;
    if (now.rows() < now.maxRows() && ++answered >= CALLS_PER_ROW) {
      answered = 0;
      sizes = now.withRows(now.rows() + 1);
    }
  }
}
