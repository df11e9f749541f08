package io.millrace.inference.traffic;

import io.millrace.models.runtime.ServingOptions;
import io.millrace.schemas.avro.Batching;
import io.millrace.schemas.avro.Candidate;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.Traffic;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the requests of a model get.
 *
 * @param revision that the traffic is of
 * @param deployment whose caching, fallback and limits count
 * @param traffic which versions answer
 * @param awaited the deployment that waits for its versions to be loaded and for a decision; null
 *     for none
 */
public record Serving(
    long revision, Deployment deployment, Traffic traffic, @Nullable Deployment awaited) {

  /** Whether all versions that a traffic names have some of this one. */
  boolean hasAllOf(Traffic other) {
    return has(other.getVersion()) && (other.getCandidate() == null || has(other.getCandidate()));
  }

  private boolean has(String version) {
    return version.equals(traffic.getVersion()) || version.equals(traffic.getCandidate());
  }

  /** The fallback of the version in production; null for none. */
  public @Nullable String fallback() {
    String fallback = deployment.getFallbackVersion();
    return traffic.getVersion().equals(fallback) ? null : fallback;
  }

  /** The versions that must be loaded, those with traffic first, and how they run. */
  public Map<String, ServingOptions> held() {
    Map<String, ServingOptions> held = new LinkedHashMap<>();
    ServingOptions options = options(deployment);
    hold(held, traffic.getVersion(), options);
    hold(held, traffic.getCandidate(), options);
    hold(held, deployment.getFallbackVersion(), options);
    if (awaited != null) {
      versions(awaited).forEach((version, awaitedOptions) -> hold(held, version, awaitedOptions));
    }
    return held;
  }

  /** The versions of a deployment and how they run. */
  public static Map<String, ServingOptions> versions(Deployment deployment) {
    Map<String, ServingOptions> versions = new LinkedHashMap<>();
    ServingOptions options = options(deployment);
    Candidate candidate = deployment.getCandidate();
    hold(versions, deployment.getVersion(), options);
    hold(versions, candidate == null ? null : candidate.getVersion(), options);
    hold(versions, deployment.getFallbackVersion(), options);
    return versions;
  }

  /** One that has traffic keeps the options that it has it with. */
  private static void hold(
      Map<String, ServingOptions> held, @Nullable String version, ServingOptions options) {
    if (version != null) {
      held.putIfAbsent(version, options);
    }
  }

  private static ServingOptions options(Deployment deployment) {
    Batching batching = deployment.getBatching();
    return new ServingOptions(
        batching == null ? null : batching.getMaxBatchSize(),
        batching == null ? null : batching.getMaxBatchTokens(),
        batching == null ? null : duration(batching.getMaxBatchDelayMillis()),
        duration(deployment.getCallTimeoutMillis()));
  }

  private static @Nullable Duration duration(@Nullable Long millis) {
    return millis == null ? null : Duration.ofMillis(millis);
  }
}
