package io.millrace.local.terminal;

import java.util.Locale;

/** Writes times for people. */
public final class Durations {

  private Durations() {}

  /** Seconds as {@code 12 ms} or, from one second on, {@code 1.23 s}. */
  public static String render(double seconds) {
    return seconds < 1
        ? String.format(Locale.ROOT, "%.0f ms", seconds * 1_000)
        : String.format(Locale.ROOT, "%.2f s", seconds);
  }
}
