package io.millrace.local.cluster.load;

/**
 * How submissions went.
 *
 * @param sent calls made, repetitions included
 * @param refused answered 429 or 503; made again when the answer said
 * @param lost without an answer; made again as new jobs, at another replica
 * @param gaveUp requests that were not accepted for minutes
 * @param underWay requests that are not accepted yet
 */
public record LoadCounts(long sent, long refused, long lost, long gaveUp, long underWay) {}
