package io.millrace.local.flink;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Why a job was started again, or failed.
 *
 * @param at milliseconds since 1970
 * @param task which it began with; null when it was none
 */
public record JobFailure(
    @JsonProperty("exceptionName") String exception,
    @JsonProperty("stacktrace") String stackTrace,
    @JsonProperty("timestamp") long at,
    @JsonProperty("taskName") @Nullable String task) {

  /** The innermost cause in a line. */
  public String rootCause() {
    return FlinkMessages.rootCause(stackTrace);
  }
}
