package io.millrace.statistics.distance;

/**
 * evidently's tests by which this profile judges a feature.
 *
 * @see <a
 *     href="https://github.com/evidentlyai/evidently/tree/main/src/evidently/legacy/calculations/stattests">evidently/legacy
 *     /calculations/stattests</a>
 */
public enum EvidentlyTest {
  /** {@code psi}. */
  PSI(Direction.DISTANCE),
  /** {@code kl_div}. */
  KULLBACK_LEIBLER(Direction.DISTANCE),
  /** {@code jensenshannon}, natural logarithm. */
  JENSEN_SHANNON(Direction.DISTANCE),
  /** {@code hellinger}. */
  HELLINGER(Direction.DISTANCE),
  /** {@code wasserstein}, in standard deviations of the reference; numbers only. */
  WASSERSTEIN(Direction.DISTANCE),
  /** {@code ks}; numbers only. Drift already at a p of the threshold, not only below it. */
  KOLMOGOROV_SMIRNOV(Direction.P_VALUE_OR_EQUAL),
  /** {@code mannw}, the reference tending to smaller values; numbers only. */
  MANN_WHITNEY(Direction.P_VALUE),
  /** {@code chisquare}. */
  CHI_SQUARE(Direction.P_VALUE),
  /** {@code z}, of the smallest value's share; for two values. */
  Z(Direction.P_VALUE);

  private enum Direction {
    DISTANCE,
    P_VALUE,
    P_VALUE_OR_EQUAL
  }

  private final Direction direction;

  EvidentlyTest(Direction direction) {
    this.direction = direction;
  }

  /** Whether the score is a p-value, which is small where there is drift. */
  public boolean isPValue() {
    return direction != Direction.DISTANCE;
  }

  /** 0.1 for distances, 0.05 for p-values. */
  public double defaultThreshold() {
    return isPValue() ? 0.05 : 0.1;
  }

  /** Whether a score means drift; NaN does not. */
  public boolean isDrift(double score, double threshold) {
    return switch (direction) {
      case DISTANCE -> score >= threshold;
      case P_VALUE -> score < threshold;
      case P_VALUE_OR_EQUAL -> score <= threshold;
    };
  }
}
