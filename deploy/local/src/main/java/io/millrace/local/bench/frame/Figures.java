package io.millrace.local.bench.frame;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one run has measured, by name, in the order in which it was noted. Names are in snake case;
 * a dot nests one in the summary. The unit is the last part of a name where it is no ratio: {@code
 * p99_ms}.
 */
public final class Figures {

  public static final Figures NONE = new Figures(Map.of());

  private final Map<String, Double> values;

  private Figures(Map<String, Double> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  public static Figures of(String name, double value) {
    return NONE.with(name, value);
  }

  /** These and one more. */
  public Figures with(String name, double value) {
    Map<String, Double> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new Figures(more);
  }

  /** These and others, whose names are put below a prefix. */
  public Figures with(String prefix, Figures others) {
    Map<String, Double> more = new LinkedHashMap<>(values);
    others.values.forEach((name, value) -> more.put(prefix + "." + name, value));
    return new Figures(more);
  }

  /**
   * The value of a figure.
   *
   * @throws IllegalArgumentException when it was not measured
   */
  public double get(String name) {
    Double value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is not among " + values.keySet());
    }
    return value;
  }

  Map<String, Double> values() {
    return values;
  }
}
