package io.millrace.local.bench.frame;

import java.util.Locale;

/** Figures with about three digits that count. */
final class FigureFormat {

  private FigureFormat() {}

  static String of(double value) {
    double size = Math.abs(value);
    String format;
    if (size >= 100) {
      format = "%,.0f";
    } else if (size >= 10) {
      format = "%.1f";
    } else if (size >= 1 || size == 0) {
      format = "%.2f";
    } else {
      format = "%.3f";
    }
    return String.format(Locale.ROOT, format, value);
  }
}
