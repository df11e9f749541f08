package io.millrace.inference.route;

import io.millrace.inference.traffic.ModelTraffic;
import io.millrace.inference.traffic.Serving;
import io.millrace.schemas.avro.Deployment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the requests of each model get, and what of it must be loaded, in one subtask. */
final class RoutingTable {

  private final VersionPreloader.Opened preloader;
  private final Map<String, Serving> servings = new HashMap<>();
  private final Map<String, Long> probed = new HashMap<>();

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

  /**
   * Asks after the versions of revisions that wait for them, once each while this table lives:
   * after a restore they are to be loaded again.
   */
  List<Probe> newProbes() {
    List<Probe> probes = new ArrayList<>();
    servings.forEach(
        (model, serving) -> {
          Deployment awaited = serving.awaited();
          if (awaited != null
              && !Objects.equals(probed.put(model, awaited.getRevision()), awaited.getRevision())) {
            probes.add(
                new Probe(
                    model, awaited.getRevision(), List.copyOf(Serving.versions(awaited).keySet())));
          }
        });
    return probes;
  }
}
