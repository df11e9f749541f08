package io.millrace.local.flink;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A job of the cluster.
 *
 * @param id 32 hexadecimal digits
 * @param state as Flink names it: CREATED, RUNNING, RESTARTING, FINISHED, ...
 * @param startTime milliseconds since 1970
 */
public record JobSummary(
    @JsonProperty("jid") String id,
    String name,
    String state,
    @JsonProperty("start-time") long startTime) {

  /** Whether it runs or will run again without being submitted again. */
  public boolean alive() {
    return switch (state) {
      case "FINISHED", "CANCELED", "FAILED", "SUSPENDED" -> false;
      default -> true;
    };
  }
}
