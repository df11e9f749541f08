package io.millrace.local.prometheus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Rules whose time runs faster. Only times change: windows, offsets and how long an alert waits.
 */
final class FastForward {

  private static final Pattern TIME =
      Pattern.compile("(\\[|\\boffset |^ *for: )(\\d+)([mhd])(?=[\\]\\s)]|$)", Pattern.MULTILINE);
  private static final Map<String, Integer> MINUTES = Map.of("m", 1, "h", 60, "d", 24 * 60);

  private FastForward() {}

  static String rules(Path file, int secondsOfAMinute) throws IOException {
    return rules(Files.readString(file), secondsOfAMinute);
  }

  static String rules(String rules, int secondsOfAMinute) {
    return TIME.matcher(rules)
        .replaceAll(
            time ->
                time.group(1)
                    + Integer.parseInt(time.group(2))
                        * Objects.requireNonNull(MINUTES.get(time.group(3)))
                        * secondsOfAMinute
                    + "s");
  }
}
