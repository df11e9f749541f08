package io.millrace.inference.window;

/** The key of windows: {@code <model>/<version>/<dimension>}. */
record WindowKey(String model, String version, String dimension) {

  /** Neither models nor versions have a slash in their names; parameters may. */
  static WindowKey of(String key) {
    String[] parts = key.split("/", 3);
    return new WindowKey(parts[0], parts[1], parts[2]);
  }
}
