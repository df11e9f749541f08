package io.millrace.inference.route;

import io.millrace.inference.rollout.Arm;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A command and where it goes, a {@link Probe}, or the result of a job that goes nowhere. It lies
 * in the state of the step that infers: {@code docs/state-evolution.md}.
 *
 * @param command null of a probe and a rejected job
 * @param version the model version that answers; null for a cancellation and a probe
 * @param cacheTtlSeconds how long its answer may be given again; 0 for not at all
 * @param fallbackVersion the version that answers when no other can; null for none
 * @param staleTtlSeconds how long its answer is kept for requests that allow a stale one; 0 for not
 *     at all
 * @param productionVersion of a request that a candidate answers, the version in production; null
 *     of others
 * @param revision of the deployment that says so; 0 when nobody observes the answer
 * @param arm on whose behalf it is answered; null when nobody observes the answer
 * @param probe null of a command
 * @param pricePerHour what an hour of computing costs by the deployment; null when it does not say
 * @param rejected the result of a job that ended before a version was asked: expired, cancelled, or
 *     of no deployed model; null of others
 */
public record RoutedRequest(
    @Nullable InferenceCommand command,
    @Nullable String version,
    long cacheTtlSeconds,
    @Nullable String fallbackVersion,
    long staleTtlSeconds,
    @Nullable String productionVersion,
    long revision,
    @Nullable Arm arm,
    @Nullable Probe probe,
    @Nullable Double pricePerHour,
    @Nullable InferenceResult rejected) {

  /** A request that one version answers, or else its fallback, and that nobody observes. */
  public static RoutedRequest of(
      InferenceCommand command,
      String version,
      long cacheTtlSeconds,
      @Nullable String fallbackVersion,
      long staleTtlSeconds) {
    return new RoutedRequest(
        command,
        version,
        cacheTtlSeconds,
        fallbackVersion,
        staleTtlSeconds,
        null,
        0,
        null,
        null,
        null,
        null);
  }

  /** A cancellation, which follows its job. */
  static RoutedRequest cancellation(InferenceCommand command) {
    return new RoutedRequest(command, null, 0, null, 0, null, 0, null, null, null, null);
  }

  /** A question after what is loaded. */
  public static RoutedRequest of(Probe probe) {
    return new RoutedRequest(null, null, 0, null, 0, null, 0, null, probe, null, null);
  }

  /** The end of a job that no version is asked about. */
  public static RoutedRequest rejected(InferenceResult result) {
    return new RoutedRequest(null, null, 0, null, 0, null, 0, null, null, null, result);
  }

  /** The same at a price. */
  public RoutedRequest at(@Nullable Double price) {
    return new RoutedRequest(
        command,
        version,
        cacheTtlSeconds,
        fallbackVersion,
        staleTtlSeconds,
        productionVersion,
        revision,
        arm,
        probe,
        price,
        rejected);
  }

  /** The same, observed. */
  public RoutedRequest observed(Arm observedArm, long observedRevision) {
    return new RoutedRequest(
        command,
        version,
        cacheTtlSeconds,
        fallbackVersion,
        staleTtlSeconds,
        productionVersion,
        observedRevision,
        observedArm,
        null,
        pricePerHour,
        null);
  }

  /** The same, answered by a candidate for which the version stands in. */
  public RoutedRequest answeredBy(String candidate, long observedRevision) {
    return new RoutedRequest(
        command,
        candidate,
        cacheTtlSeconds,
        fallbackVersion,
        staleTtlSeconds,
        version,
        observedRevision,
        Arm.CANDIDATE,
        null,
        pricePerHour,
        null);
  }

  /** A copy for a candidate. Nobody sees its answer, so that it is never the last good one. */
  public RoutedRequest shadowedBy(String candidate, long observedRevision) {
    return new RoutedRequest(
        command,
        candidate,
        cacheTtlSeconds,
        null,
        0,
        version,
        observedRevision,
        Arm.SHADOW,
        null,
        pricePerHour,
        null);
  }

  /**
   * The command.
   *
   * @throws NullPointerException of a probe and a rejected job
   */
  @Override
  public InferenceCommand command() {
    return Objects.requireNonNull(command, "a probe and a rejected job have no command");
  }

  /** The versions that answer when the first cannot, in their order. */
  public List<String> standIns() {
    return Stream.of(productionVersion, fallbackVersion)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .filter(standIn -> !standIn.equals(version))
        .distinct()
        .toList();
  }

  /** Whether its answer may be kept and given again. */
  public boolean cacheable() {
    return cacheTtlSeconds > 0;
  }
}
