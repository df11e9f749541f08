package io.millrace.ingress.rollouts;

import java.util.Locale;

/** The values of enums as the API writes them. */
final class Labels {

  private Labels() {}

  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
