package io.millrace.inference.route;

import io.millrace.schemas.avro.InferenceCommand;

/**
 * A command and where it goes.
 *
 * @param version the model version that answers
 * @param cacheTtlSeconds how long its answer may be given again; 0 for not at all
 */
public record RoutedRequest(InferenceCommand command, String version, long cacheTtlSeconds) {

  /** Whether its answer may be kept and given again. */
  public boolean cacheable() {
    return cacheTtlSeconds > 0;
  }
}
