package io.millrace.webhooks.deliver;

/**
 * How an endpoint does: its circuit breaker and its share of the attempts; state.
 *
 * <p>An endpoint starts with one attempt at a time, and each success doubles that up to the limit;
 * a failure takes it back to one. So an endpoint that hangs holds one place, whatever is queued for
 * it. After several failures in a row it is paused; then single attempts find out whether it is
 * back.
 *
 * @param concurrency attempts that may be under way; 0 means 1
 * @param failures in a row
 * @param pauses in a row
 * @param pausedUntil milliseconds since the epoch; 0 for never
 * @param disabledUntil likewise, since it answered 410
 */
public record EndpointHealth(
    int concurrency, int failures, int pauses, long pausedUntil, long disabledUntil) {

  static final EndpointHealth UNKNOWN = new EndpointHealth(1, 0, 0, 0, 0);

  private static final int MAX_DOUBLINGS = 20;

  boolean paused(long now) {
    return pausedUntil > now;
  }

  boolean disabled(long now) {
    return disabledUntil > now;
  }

  EndpointHealth succeeded(EndpointOptions options) {
    int more = Math.min(options.maxInFlight(), 2 * Math.max(1, concurrency));
    // What it asked for with Retry-After stays.
    return new EndpointHealth(more, 0, 0, pauses == 0 ? pausedUntil : 0, disabledUntil);
  }

  EndpointHealth failed(long now, EndpointOptions options) {
    int inARow = failures + 1;
    if (inARow < options.consecutiveFailures() || paused(now)) {
      // Those that were under way when the pause began make it no longer.
      return new EndpointHealth(1, inARow, pauses, pausedUntil, disabledUntil);
    }
    long pause = options.initialPause().toMillis() << Math.min(pauses, MAX_DOUBLINGS);
    long until = now + Math.min(pause, options.maxPause().toMillis());
    return new EndpointHealth(1, inARow, pauses + 1, until, disabledUntil);
  }

  /** The endpoint wants to be left alone. */
  EndpointHealth pausedAtLeastUntil(long time) {
    return new EndpointHealth(
        concurrency, failures, pauses, Math.max(pausedUntil, time), disabledUntil);
  }

  EndpointHealth gone(long now, EndpointOptions options) {
    return new EndpointHealth(1, 0, 0, 0, now + options.disabledFor().toMillis());
  }
}
