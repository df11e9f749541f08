package io.millrace.local.flink;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A task manager that has registered.
 *
 * @param slots how many it has
 * @param freeSlots those that no job has
 * @param millisSinceHeartbeat since it was last heard of
 */
public record TaskManager(
    String id,
    @JsonProperty("slotsNumber") int slots,
    int freeSlots,
    @JsonProperty("timeSinceLastHeartbeat") long millisSinceHeartbeat) {}
