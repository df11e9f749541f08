package io.millrace.inference.route;

import io.millrace.inference.traffic.ModelTraffic;
import io.millrace.inference.traffic.Serving;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the requests of each model get, and what of it must be loaded, in one subtask. */
final class RoutingTable {

  private final VersionPreloader.Opened preloader;
  private final Map<String, Serving> servings = new HashMap<>();

  RoutingTable(VersionPreloader.Opened preloader) {
    this.preloader = preloader;
  }

  /** Takes over what is known of a model; versions that it no longer needs are let go. */
  void put(String model, ModelTraffic traffic) {
    Serving serving = traffic.serving();
    if (serving != null && !serving.equals(servings.put(model, serving))) {
      preloader.hold(model, serving.held());
    }
  }

  /** Null while the model is not deployed. */
  @Nullable Serving find(String model) {
    return servings.get(model);
  }

  /** Asks after the versions that a model's newest revision waits for; nothing when it does not. */
  Optional<Probe> probe(String model) {
    return Optional.ofNullable(servings.get(model))
        .map(Serving::awaited)
        .map(
            awaited ->
                new Probe(
                    model, awaited.getRevision(), List.copyOf(Serving.versions(awaited).keySet())));
  }

  /** Asks after the versions of all revisions that wait for them. */
  List<Probe> probes() {
    return servings.keySet().stream().flatMap(model -> probe(model).stream()).toList();
  }
}
