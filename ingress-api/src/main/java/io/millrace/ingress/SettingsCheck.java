package io.millrace.ingress;

import io.micronaut.context.env.Environment;
import io.micronaut.core.naming.NameUtils;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Refuses what binding alone would pass over in silence: a value of another type, for which the
 * default would be taken, and a key that nothing reads.
 */
final class SettingsCheck {

  private static final String PREFIX = "millrace.";

  private static final Map<String, Class<? extends Record>> GROUPS =
      Map.ofEntries(
          Map.entry("access", AccessSettings.class),
          Map.entry("backpressure", BackpressureSettings.class),
          Map.entry("batch", BatchSettings.class),
          Map.entry("http", HttpSettings.class),
          Map.entry("jobs", JobSettings.class),
          Map.entry("kafka", KafkaSettings.class),
          Map.entry("redis", RedisSettings.class),
          Map.entry("reports", ReportSettings.class),
          Map.entry("synchronous", SynchronousSettings.class),
          Map.entry("tls", TlsSettings.class),
          Map.entry("tracing", TracingSettings.class));

  private SettingsCheck() {}

  /**
   * Checks all settings.
   *
   * @param given the keys that the program gives; the environment's cannot be told from others'
   * @throws IllegalArgumentException says which key, and what was expected
   */
  static void check(Environment environment, Collection<String> given) {
    SortedMap<String, Class<?>> known = known();
    for (String key : given) {
      if (key.startsWith(PREFIX) && !known.containsKey(key)) {
        throw new IllegalArgumentException(
            "%s: unknown key, expected one of %s".formatted(key, known.keySet()));
      }
    }
    known.forEach(
        (key, type) -> {
          if (environment.containsProperty(key) && environment.getProperty(key, type).isEmpty()) {
            throw new IllegalArgumentException("%s: expected %s".formatted(key, expected(type)));
          }
        });
  }

  private static String expected(Class<?> type) {
    if (type == Duration.class) {
      return "a duration";
    }
    return type == boolean.class ? "true or false" : "a number";
  }

  private static SortedMap<String, Class<?>> known() {
    SortedMap<String, Class<?>> known = new TreeMap<>();
    GROUPS.forEach(
        (group, settings) -> {
          for (RecordComponent component : settings.getRecordComponents()) {
            String key = PREFIX + group + "." + NameUtils.hyphenate(component.getName());
            known.put(key, component.getType());
          }
        });
    return known;
  }
}
