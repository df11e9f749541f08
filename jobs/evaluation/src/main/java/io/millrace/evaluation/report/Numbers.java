package io.millrace.evaluation.report;

import java.util.Locale;

/** Numbers for people. */
final class Numbers {

  private static final String NONE = "–";

  private Numbers() {}

  static String decimal(double value) {
    return format("%.4f", value);
  }

  static String signed(double value) {
    return format("%+.4f", value);
  }

  static String percent(double share) {
    return format("%.2f%%", 100 * share);
  }

  static String ratio(double value) {
    return format("%.2f×", value);
  }

  static String milliseconds(double seconds) {
    return format("%.1f ms", 1e3 * seconds);
  }

  static String perSecond(double value) {
    return format("%,.0f /s", value);
  }

  static String megabytes(long bytes) {
    return format("%.1f MB", bytes / 1e6);
  }

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A p-value; small ones with their exponent. */
  static String probability(double value) {
    return value >= 1e-3 ? format("%.3f", value) : format("%.1e", value);
  }

  private static String format(String format, double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : NONE;
  }
}
