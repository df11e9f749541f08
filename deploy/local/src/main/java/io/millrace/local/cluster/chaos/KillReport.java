package io.millrace.local.cluster.chaos;

import org.jspecify.annotations.Nullable;

/**
 * A kill and what came of it.
 *
 * @param part what was killed, for people
 * @param atSeconds after the start of the load
 * @param recoverySeconds see {@link Recovery}; null when it did not recover in time
 * @param longestGapSeconds without a committed result, from the kill to the next one or the end
 */
record KillReport(
    Victim victim,
    String part,
    double atSeconds,
    @Nullable Double recoverySeconds,
    double longestGapSeconds) {}
