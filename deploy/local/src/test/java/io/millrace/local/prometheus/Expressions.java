package io.millrace.local.prometheus;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which metrics PromQL asks for. What is valid, {@code promtool} says; this only looks for names.
 */
public final class Expressions {

  private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'");
  private static final Pattern MATCHERS = Pattern.compile("\\{[^}]*}");
  private static final Pattern RANGE = Pattern.compile("\\[[^]]*]|\\boffset\\s+\\S+");
  private static final Pattern LABELS =
      Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
  private static final Pattern WORD =
      Pattern.compile("(?<![0-9.])[a-zA-Z_:][a-zA-Z0-9_:]*(?!\\w|\\s*\\()");
  private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool");

  private Expressions() {}

  public static Set<String> metrics(String expression) {
    String rest = expression;
    for (Pattern noName : new Pattern[] {TEXT, MATCHERS, RANGE, LABELS}) {
      rest = noName.matcher(rest).replaceAll(" ");
    }
    Set<String> names = new TreeSet<>();
    Matcher word = WORD.matcher(rest);
    while (word.find()) {
      if (!OPERATORS.contains(word.group())) {
        names.add(word.group());
      }
    }
    return names;
  }
}
