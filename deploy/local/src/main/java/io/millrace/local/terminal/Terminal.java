package io.millrace.local.terminal;

import java.io.PrintStream;
import java.util.Map;
import java.util.Properties;

/**
 * Where the command writes. Colours and rewriting of the last line happen only when a person looks
 * at it.
 *
 * @param out the standard output
 * @param columns the width of the terminal in characters; 0 when the output is not a terminal
 * @param colours whether styles are written
 */
public record Terminal(PrintStream out, int columns, boolean colours) {

  /** Set by the {@code millrace} script when its standard output is a terminal. */
  public static final String COLUMNS_PROPERTY = "millrace.terminal.columns";

  private static final String CLEAR_LINE = "\r\u001b[K";

  /**
   * The terminal of this process. The script says whether it is one, since {@link System#console()}
   * answers differently from one Java version to the next. {@code NO_COLOR} and {@code TERM=dumb}
   * turn styles off.
   *
   * @see <a href="https://no-color.org">no-color.org</a>
   */
  public static Terminal of(PrintStream out, Properties properties, Map<String, String> env) {
    boolean dumb = "dumb".equals(env.get("TERM"));
    int columns = dumb ? 0 : columns(properties.getProperty(COLUMNS_PROPERTY, ""));
    boolean colours = columns > 0 && env.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(out, columns, colours);
  }

  private static int columns(String value) {
    return value.matches("[1-9]\\d{0,3}") ? Integer.parseInt(value) : 0;
  }

  /** Whether a line can be written over. */
  public boolean interactive() {
    return columns > 0;
  }

  public void line(String text) {
    out.println(text);
    out.flush();
  }

  public void line() {
    line("");
  }

  /** Writes over the last line; interactive terminals only. */
  void rewrite(String text) {
    out.print(CLEAR_LINE + clip(text));
    out.flush();
  }

  /** Empties the last line; interactive terminals only. */
  void clearLine() {
    out.print(CLEAR_LINE);
    out.flush();
  }

  /** The text in a style, or as it is when styles are off. */
  public String styled(Style style, String text) {
    return colours ? style.apply(text) : text;
  }

  /** A line longer than the terminal would wrap, and could not be written over. */
  private String clip(String text) {
    return text.length() < columns ? text : text.substring(0, columns - 1);
  }
}
