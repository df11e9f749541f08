package io.millrace.ingress.reports;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values as RFC 4180 has them, in UTF-8. A text that a spreadsheet would take for a
 * formula gets an apostrophe before it: names of features, labels and tenants are what clients
 * send.
 *
 * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">CSV injection</a>
 */
final class Csv {

  private static final Pattern FORMULA = Pattern.compile("^[=+\\-@\\t\\r\\n]", Pattern.DOTALL);
  private static final Pattern QUOTED = Pattern.compile("[\",\\r\\n]");
  private static final String LINE_END = "\r\n";

  private final StringBuilder text = new StringBuilder();

  Csv(String... header) {
    row((Object[]) header);
  }

  /** Adds a line; null is an empty cell, and so is a number that is not finite. */
  void row(@Nullable Object... cells) {
    for (int i = 0; i < cells.length; i++) {
      if (i > 0) {
        text.append(',');
      }
      text.append(cell(cells[i]));
    }
    text.append(LINE_END);
  }

  private static String cell(@Nullable Object value) {
    if (value == null || (value instanceof Double number && !Double.isFinite(number))) {
      return "";
    }
    if (!(value instanceof String content)) {
      return value.toString();
    }
    String safe = FORMULA.matcher(content).find() ? "'" + content : content;
    return QUOTED.matcher(safe).find() ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
