package io.millrace.local.chaos;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** All scenarios, in the order in which they run. */
final class Scenarios {

  static final String ALL = "all";

  private static final Map<String, Scenario> BY_NAME = new LinkedHashMap<>();

  static {
    Stream.of(
            MarkedInputs.poison(),
            new Hang(),
            MarkedInputs.nan(),
            MarkedInputs.oom(),
            new Breaker(),
            new Fallback(),
            new Crash(),
            new BrokerRestart(),
            new RedisRestart(),
            new Duplicates(),
            new Overload())
        .forEach(scenario -> BY_NAME.put(scenario.name(), scenario));
  }

  private Scenarios() {}

  static List<Scenario> all() {
    return List.copyOf(BY_NAME.values());
  }

  /**
   * The scenarios with these names, each once, in the order of {@link #all}.
   *
   * @param names none, or {@code all}, for all
   * @throws IllegalArgumentException for a name that is none; says which there are
   */
  static List<Scenario> named(List<String> names) {
    Set<String> wanted = new LinkedHashSet<>(names);
    for (String name : wanted) {
      if (!name.equals(ALL) && !BY_NAME.containsKey(name)) {
        throw new IllegalArgumentException(
            "There is no scenario '%s'; there are %s, and all"
                .formatted(name, String.join(", ", BY_NAME.keySet())));
      }
    }
    return wanted.isEmpty() || wanted.contains(ALL)
        ? all()
        : all().stream().filter(scenario -> wanted.contains(scenario.name())).toList();
  }
}
