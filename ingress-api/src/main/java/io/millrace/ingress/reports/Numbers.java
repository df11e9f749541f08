package io.millrace.ingress.reports;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values of reports as the API shows them. */
final class Numbers {

  private Numbers() {}

  /** A number that JSON can hold; null for one that it cannot. */
  static @Nullable Double finite(@Nullable Double number) {
    return number == null || !Double.isFinite(number) ? null : number;
  }

  /** The name of a choice: lower case. */
  static String label(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
