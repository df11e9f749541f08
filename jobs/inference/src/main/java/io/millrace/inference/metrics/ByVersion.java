package io.millrace.inference.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** Something for each model and version. Finding it allocates nothing. */
final class ByVersion<C> {

  private final Map<String, Map<String, C>> byModel = new ConcurrentHashMap<>();
  private final BiFunction<String, String, C> make;

  /**
   * @param make makes that of a model and a version when it is first asked for
   */
  ByVersion(BiFunction<String, String, C> make) {
    this.make = make;
  }

  C of(String model, String version) {
    Map<String, C> versions = byModel.get(model);
    C found = versions == null ? null : versions.get(version);
    return found == null ? made(model, version) : found;
  }

  private C made(String model, String version) {
    return byModel
        .computeIfAbsent(model, added -> new ConcurrentHashMap<>())
        .computeIfAbsent(version, added -> make.apply(model, version));
  }
}
