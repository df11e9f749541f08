package io.millrace.statistics.sequential;

import java.util.function.DoubleUnaryOperator;

/** Finds where a function changes its sign by halving the interval, to the last bits. */
final class Bisection {

  /** A double has 53 bits; what is left of an interval from 0 after so many steps is nothing. */
  private static final int MAX_STEPS = 200;

  private Bisection() {}

  /**
   * The change between two points.
   *
   * @param function of opposite signs at both; the nearest end to the change when it is not
   */
  static double find(DoubleUnaryOperator function, double low, double high) {
    boolean risesFromBelow = function.applyAsDouble(low) < 0;
    double from = low;
    double to = high;
    for (int i = 0; i < MAX_STEPS; i++) {
      double middle = from + (to - from) / 2;
      if (middle == from || middle == to) {
        break;
      }
      if (function.applyAsDouble(middle) < 0 == risesFromBelow) {
        from = middle;
      } else {
        to = middle;
      }
    }
    return from + (to - from) / 2;
  }
}
