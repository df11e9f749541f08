package io.millrace.inference.metrics;

import java.util.function.Supplier;

/** Where numbers are shown. Safe for use by several threads. */
public interface Meters {

  /** Nowhere. */
  Meters NONE = (name, value, labels) -> {};

  /**
   * Shows a number from now on.
   *
   * @param value asked for it at any time, by any thread
   * @param labels names and values by turns, in one order for all numbers of that name
   */
  void show(String name, Supplier<? extends Number> value, String... labels);
}
