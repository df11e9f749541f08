package io.millrace.models.runtime;

import io.millrace.models.ModelVersion;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the calls of each version have taught, also of those that are no longer loaded: a version
 * that comes again goes on with it. Only versions that could be loaded are here.
 */
final class CallCosts {

  private final Map<ModelVersion, CallCostFit> fits = new ConcurrentHashMap<>();
  private final Map<ModelVersion, ModelVersion> sources = new ConcurrentHashMap<>();

  /** The one fit of a version. */
  CallCostFit fit(ModelVersion version) {
    return fits.computeIfAbsent(version, loaded -> new CallCostFit());
  }

  /** Notes which version one is a quantised form of. */
  void quantised(ModelVersion version, ModelVersion source) {
    sources.put(version, source);
  }

  /** Of the version that one is a quantised form of. */
  Optional<CallCost> sourceCost(ModelVersion version) {
    return Optional.ofNullable(sources.get(version)).flatMap(this::cost);
  }

  /** Makes no fit for a version that has none. */
  Optional<CallCost> cost(ModelVersion version) {
    CallCostFit fit = fits.get(version);
    return fit == null ? Optional.empty() : fit.cost();
  }
}
