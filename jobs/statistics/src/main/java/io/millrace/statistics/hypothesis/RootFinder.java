package io.millrace.statistics.hypothesis;

import java.util.function.DoubleUnaryOperator;

/**
 * Finds where a function changes its sign, by Brent's method (inverse quadratic interpolation,
 * secant and bisection). It takes the steps of the reference implementation, {@code zeroin}, which
 * R's {@code uniroot} and kayenta follow: a step function has no root to converge on, and what is
 * found at a jump depends on the steps.
 *
 * @see <a href="https://maths-people.anu.edu.au/~brent/pub/pub011.html">Brent: Algorithms for
 *     Minimization without Derivatives (1973), chapter 4</a>
 */
final class RootFinder {

  private static final double EPSILON = Math.ulp(1.0);
  private static final int MAX_ITERATIONS = 1_000;

  private final DoubleUnaryOperator function;
  private final double tolerance;

  /** The best point so far, the one before, and one where the sign is the opposite of best's. */
  private double best;

  private double previous;
  private double opposite;
  private double atBest;
  private double atPrevious;
  private double atOpposite;

  /**
   * Between two points.
   *
   * @param tolerance how near to a change of sign the answer is
   */
  RootFinder(DoubleUnaryOperator function, double low, double high, double tolerance) {
    this.function = function;
    this.tolerance = tolerance;
    previous = low;
    best = high;
    opposite = low;
    atPrevious = function.applyAsDouble(low);
    atBest = function.applyAsDouble(high);
    atOpposite = atPrevious;
  }

  /** The answer; one of the ends when the function is 0 there. */
  double find() {
    if (atPrevious == 0) {
      return previous;
    }
    for (int i = 0; i < MAX_ITERATIONS && atBest != 0; i++) {
      double lastStep = best - previous;
      if (Math.abs(atOpposite) < Math.abs(atBest)) {
        swapBestAndOpposite();
      }
      double near = 2 * EPSILON * Math.abs(best) + tolerance / 2;
      double half = (opposite - best) / 2;
      if (Math.abs(half) <= near) {
        return best;
      }
      double step = half;
      if (Math.abs(lastStep) >= near && Math.abs(atPrevious) > Math.abs(atBest)) {
        step = interpolated(half, lastStep, near);
      }
      move(Math.abs(step) < near ? Math.copySign(near, step) : step);
    }
    return best;
  }

  private void swapBestAndOpposite() {
    previous = best;
    best = opposite;
    opposite = previous;
    atPrevious = atBest;
    atBest = atOpposite;
    atOpposite = atPrevious;
  }

  /** A step by interpolation, or the half when that would leave the interval or hardly help. */
  private double interpolated(double half, double lastStep, double near) {
    double width = opposite - best;
    double p;
    double q;
    if (previous == opposite) {
      double ratio = atBest / atPrevious;
      p = width * ratio;
      q = 1 - ratio;
    } else {
      double r = atPrevious / atOpposite;
      double s = atBest / atOpposite;
      double t = atBest / atPrevious;
      p = t * (width * r * (r - s) - (best - previous) * (s - 1));
      q = (r - 1) * (s - 1) * (t - 1);
    }
    q = p > 0 ? -q : q;
    p = Math.abs(p);
    boolean inside = p < 0.75 * width * q - Math.abs(near * q) / 2;
    return inside && p < Math.abs(lastStep * q / 2) ? p / q : half;
  }

  private void move(double step) {
    previous = best;
    atPrevious = atBest;
    best += step;
    atBest = function.applyAsDouble(best);
    if ((atBest > 0 && atOpposite > 0) || (atBest < 0 && atOpposite < 0)) {
      opposite = previous;
      atOpposite = atPrevious;
    }
  }
}
