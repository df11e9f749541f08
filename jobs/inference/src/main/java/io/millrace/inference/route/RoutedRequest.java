package io.millrace.inference.route;

import io.millrace.schemas.avro.InferenceCommand;
import org.jspecify.annotations.Nullable;

/**
 * A command and where it goes.
 *
 * @param version the model version that answers; null for a cancellation
 * @param cacheTtlSeconds how long its answer may be given again; 0 for not at all
 * @param fallbackVersion the version that answers when the other cannot; null for none
 * @param staleTtlSeconds how long its answer is kept for requests that allow a stale one; 0 for not
 *     at all
 */
public record RoutedRequest(
    InferenceCommand command,
    @Nullable String version,
    long cacheTtlSeconds,
    @Nullable String fallbackVersion,
    long staleTtlSeconds) {

  /** A cancellation, which follows its job. */
  static RoutedRequest cancellation(InferenceCommand command) {
    return new RoutedRequest(command, null, 0, null, 0);
  }

  /** Whether its answer may be kept and given again. */
  public boolean cacheable() {
    return cacheTtlSeconds > 0;
  }
}
