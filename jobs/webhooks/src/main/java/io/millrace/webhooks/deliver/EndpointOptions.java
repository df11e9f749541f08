package io.millrace.webhooks.deliver;

import java.io.Serializable;
import java.time.Duration;

/**
 * How endpoints are treated.
 *
 * @param maxInFlight attempts under way to one endpoint at most
 * @param consecutiveFailures failed attempts in a row after which it is paused
 * @param initialPause how long the first pause is; each further one is twice the last
 * @param maxPause the longest pause
 * @param disabledFor how long an endpoint that answered 410 gets nothing
 */
public record EndpointOptions(
    int maxInFlight,
    int consecutiveFailures,
    Duration initialPause,
    Duration maxPause,
    Duration disabledFor)
    implements Serializable {}
