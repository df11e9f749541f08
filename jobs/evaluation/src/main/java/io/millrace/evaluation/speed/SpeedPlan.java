package io.millrace.evaluation.speed;

import java.io.Serializable;

/**
 * How much is measured. Rounds take turns, production, candidate, production, ..., so that what
 * else the machine does falls on both.
 *
 * @param rows of a round of throughput
 * @param items of a round of latency
 * @param rounds of both, for each version; what counts is the median
 */
public record SpeedPlan(int rows, int items, int rounds) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Some ten seconds for MiniLM on two cores. */
  public static final SpeedPlan DEFAULT = new SpeedPlan(600, 200, 3);

  public SpeedPlan {
    if (rows < 1 || items < 1 || rounds < 1) {
      throw new IllegalArgumentException(
          "A speed plan of %d rows, %d items and %d rounds, expected at least one of each"
              .formatted(rows, items, rounds));
    }
  }
}
