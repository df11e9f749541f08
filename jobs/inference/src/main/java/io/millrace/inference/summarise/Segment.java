package io.millrace.inference.summarise;

/**
 * Requests of a version that are looked at together.
 *
 * @param dimension {@code all}, {@code tenant}, {@code priority} or {@code parameter.<name>}
 * @param name {@code all} or {@code <dimension>=<value>}
 */
record Segment(String model, String version, String dimension, String name) {

  /** Of all requests. */
  static final String ALL = "all";

  /** The value of those that have no segment of their own. */
  private static final String OTHER = "other";

  static Segment all(String model, String version) {
    return new Segment(model, version, ALL, ALL);
  }

  /**
   * One of a dimension.
   *
   * @param name {@code <dimension>=<value>}
   */
  static Segment of(String model, String version, String name) {
    return new Segment(model, version, name.substring(0, name.indexOf('=')), name);
  }

  Segment other() {
    return new Segment(model, version, dimension, dimension + "=" + OTHER);
  }
}
