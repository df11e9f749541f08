package io.millrace.jobs.config;

import java.time.Duration;

/** What configurations check of their values. */
public final class Checks {

  private Checks() {}

  public static boolean positive(Duration duration) {
    return duration.compareTo(Duration.ZERO) > 0;
  }

  /**
   * Requires something of a value.
   *
   * @throws ConfigException names the key, what was expected and what was found
   */
  public static void require(boolean holds, String key, String expected, Object found) {
    if (!holds) {
      throw new ConfigException(key, "expected " + expected + ", found " + found);
    }
  }
}
