package io.millrace.webhooks.send;

import java.io.Serializable;
import java.time.Duration;

/**
 * How attempts are made.
 *
 * @param timeout of an attempt, from the look-up of the address to the answer's status
 * @param maxInFlight attempts under way at a time
 * @param resolverThreads look-ups of addresses at a time; each blocks a thread
 * @param httpAllowed whether endpoints may have plain {@code http} URLs
 */
public record SenderOptions(
    Duration timeout, int maxInFlight, int resolverThreads, boolean httpAllowed)
    implements Serializable {}
