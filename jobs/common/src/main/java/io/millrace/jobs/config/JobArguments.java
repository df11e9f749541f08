package io.millrace.jobs.config;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command line of a job. Both {@code --config FILE} and {@code --config=FILE} are understood.
 *
 * @param help whether help is asked for, and the job not to be started
 * @param file YAML with the keys that differ from the defaults; null for none
 * @param settings values by key, dots between its parts; they go over file and environment
 */
public record JobArguments(boolean help, @Nullable Path file, Map<String, String> settings) {

  private static final String CONFIG = "--config";
  private static final String SET = "--set";
  private static final List<String> HELP = List.of("--help", "-h");

  public JobArguments {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /**
   * Reads a command line.
   *
   * @throws ConfigException names the argument and what was expected
   */
  public static JobArguments parse(String... arguments) {
    Deque<String> rest = new ArrayDeque<>(Arrays.asList(arguments));
    Map<String, String> settings = new LinkedHashMap<>();
    Path file = null;
    boolean help = false;
    while (!rest.isEmpty()) {
      String argument = rest.pop();
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      String option = equals < 0 ? argument : argument.substring(0, equals);
      if (equals >= 0) {
        rest.push(argument.substring(equals + 1));
      }
      if (option.equals(CONFIG)) {
        file = Path.of(value(option, "a YAML file", rest));
      } else if (option.equals(SET)) {
        putSetting(settings, value(option, "key=value", rest));
      } else if (equals < 0 && HELP.contains(option)) {
        help = true;
      } else {
        throw new ConfigException(
            option, "unknown argument, expected --config FILE, --set key=value or --help");
      }
    }
    return new JobArguments(help, file, settings);
  }

  private static String value(String option, String expected, Deque<String> rest) {
    String value = rest.poll();
    if (value == null || value.isEmpty()) {
      throw new ConfigException(option, "expected " + expected + " after it");
    }
    return value;
  }

  private static void putSetting(Map<String, String> settings, String setting) {
    int equals = setting.indexOf('=');
    if (equals < 1) {
      throw new ConfigException(SET, "expected key=value, found " + setting);
    }
    settings.put(setting.substring(0, equals), setting.substring(equals + 1));
  }
}
