package io.millrace.ingress.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All API keys and quotas at one time. Immutable.
 *
 * @param quotas by tenant; one without has no limit
 */
public record AccessKeys(List<ApiKey> keys, Map<String, Quota> quotas) {

  /** Without keys or quotas. */
  public static final AccessKeys NONE = new AccessKeys(List.of(), Map.of());

  public AccessKeys {
    keys = List.copyOf(keys);
    quotas = new TreeMap<>(quotas);
  }

  /** The keys by their ids. */
  Map<String, ApiKey> byId() {
    return keys.stream()
        .collect(
            Collectors.toMap(
                ApiKey::id, Function.identity(), (first, second) -> first, LinkedHashMap::new));
  }

  /** The key of an id. */
  public Optional<ApiKey> find(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  /** With one key more. */
  public AccessKeys with(ApiKey key) {
    List<ApiKey> more = new ArrayList<>(keys);
    more.add(key);
    return new AccessKeys(more, quotas);
  }

  /** Without a key. */
  public AccessKeys without(String id) {
    return new AccessKeys(keys.stream().filter(key -> !key.id().equals(id)).toList(), quotas);
  }
}
