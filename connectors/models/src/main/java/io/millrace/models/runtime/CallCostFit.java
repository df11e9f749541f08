package io.millrace.models.runtime;

import java.util.Optional;

/**
 * Learns a version's {@link CallCost} from its calls: weighted least squares over running sums, in
 * which a call counts by the inverse of its tokens (the variance of a call's time grows with its
 * size) and old calls are forgotten exponentially. A call that takes far longer than the line says,
 * because the machine stood still, counts as one that takes {@value #OUTLIER} times as long.
 *
 * <p>Safe for use by several threads.
 */
final class CallCostFit {

  /** With fewer there is no estimate. */
  static final int LEAST_CALLS = 20;

  /** A call's weight after as many others is 1/e of what it was. */
  static final int MEMORY_CALLS = 1_000;

  private static final double KEPT = 1 - 1.0 / MEMORY_CALLS;
  private static final double OUTLIER = 8;

  /**
   * How far sizes must differ, as 1 less the squared harmonic over the arithmetic mean's share: 0
   * when all calls are of one size, which says nothing of the line's two parts.
   */
  private static final double LEAST_SPREAD = 1e-3;

  private long calls;
  private double count;
  private double tokens;
  private double inverseTokens;
  private double seconds;
  private double secondsByTokens;
  private volatile Optional<CallCost> cost = Optional.empty();

  /**
   * A call that answered.
   *
   * @param paddedTokens rows times the longest row
   */
  synchronized void add(long paddedTokens, long nanos) {
    double x = Math.max(1, paddedTokens);
    double y = Math.max(0, nanos) / 1e9;
    if (cost.isPresent()) {
      y = Math.min(y, OUTLIER * cost.get().seconds(paddedTokens));
    }
    calls++;
    count = KEPT * count + 1;
    tokens = KEPT * tokens + x;
    inverseTokens = KEPT * inverseTokens + 1 / x;
    seconds = KEPT * seconds + y;
    secondsByTokens = KEPT * secondsByTokens + y / x;
    cost = fit();
  }

  /** Empty while there were too few calls, or all of one size. */
  Optional<CallCost> cost() {
    return cost;
  }

  private Optional<CallCost> fit() {
    double products = inverseTokens * tokens;
    double determinant = products - count * count;
    if (calls < LEAST_CALLS || determinant < LEAST_SPREAD * products) {
      return Optional.empty();
    }
    double base = (tokens * secondsByTokens - count * seconds) / determinant;
    double perToken = (inverseTokens * seconds - count * secondsByTokens) / determinant;
    if (base < 0) {
      return Optional.of(new CallCost(0, seconds / tokens));
    }
    if (perToken < 0) {
      return Optional.of(new CallCost(secondsByTokens / inverseTokens, 0));
    }
    return Optional.of(new CallCost(base, perToken));
  }
}
