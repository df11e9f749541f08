package io.millrace.models.runtime;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.millrace.models.ModelVersion;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breaker of one version: Resilience4j's, which knows rates, with a count of failures
 * in a row beside it. An open breaker becomes half-open when someone asks after the wait; no thread
 * of its own does that.
 *
 * <p>A permit belongs to the state in which it was given. What became of a call that began before
 * the breaker opened says nothing about a model that is tried again, and must not free or use up
 * the permits of the probes; so it is ignored.
 *
 * <p>Safe for use by several threads.
 */
final class VersionBreaker {

  private static final Logger LOG = LoggerFactory.getLogger(VersionBreaker.class);

  /** How long a call takes is the watchdog's business: no call is slow to the breaker. */
  private static final long NO_TIME = 0;

  private final ModelVersion version;
  private final int consecutiveFailures;
  private final CircuitBreaker breaker;
  private final Runnable onOpened;
  private volatile BreakerState state = BreakerState.CLOSED;

  /** Counts the changes of the state; guarded by this. */
  private long period;

  /** Guarded by this. */
  private int failuresInARow;

  /** The right to one model call: to be recorded as a success or a failure, or to be released. */
  static final class Permit {

    private final long period;
    private boolean held = true;

    private Permit(long period) {
      this.period = period;
    }
  }

  /**
   * @param ticker nanoseconds
   * @param onOpened runs on the thread whose record opened the breaker
   */
  VersionBreaker(
      ModelVersion version, BreakerOptions options, LongSupplier ticker, Runnable onOpened) {
    this.version = version;
    this.consecutiveFailures = options.consecutiveFailures();
    this.onOpened = onOpened;
    this.breaker =
        CircuitBreaker.of(
            version.toString(),
            CircuitBreakerConfig.custom()
                .clock(new TickerClock(ticker))
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(options.slidingWindowSize())
                .minimumNumberOfCalls(options.minimumNumberOfCalls())
                .failureRateThreshold(options.failureRateThreshold())
                .waitDurationInOpenState(options.waitDurationInOpenState())
                .permittedNumberOfCallsInHalfOpenState(
                    options.permittedNumberOfCallsInHalfOpenState())
                .slowCallDurationThreshold(Duration.ofDays(1))
                .build());
  }

  /** The state; an open breaker stays that until it is asked for a permit. */
  BreakerState state() {
    return state;
  }

  /** Whether a call would be permitted now. */
  boolean admits() {
    // The fast path: each item that is submitted comes along here.
    if (state == BreakerState.CLOSED) {
      return true;
    }
    Permit permit = tryAcquire();
    if (permit == null) {
      return false;
    }
    release(permit);
    return true;
  }

  /** A permit for one call; null when the version is not to be called. */
  synchronized @Nullable Permit tryAcquire() {
    boolean permitted = breaker.tryAcquirePermission();
    follow();
    return permitted ? new Permit(period) : null;
  }

  /** The call of that permit answered. */
  void succeeded(Permit permit) {
    record(
        permit,
        () -> {
          failuresInARow = 0;
          breaker.onSuccess(NO_TIME, TimeUnit.NANOSECONDS);
        });
  }

  /** The call of that permit failed; it may have been released before. */
  void failed(Permit permit) {
    record(
        permit,
        () -> {
          failuresInARow++;
          breaker.onError(NO_TIME, TimeUnit.NANOSECONDS, new Exception("A model call failed"));
          if (failuresInARow >= consecutiveFailures
              && breaker.getState() == CircuitBreaker.State.CLOSED) {
            breaker.transitionToOpenState();
          }
        });
  }

  /** Gives a permit back that nothing is recorded for, or not yet. */
  synchronized void release(Permit permit) {
    if (permit.held && permit.period == period) {
      breaker.releasePermission();
    }
    permit.held = false;
  }

  private void record(Permit permit, Runnable recording) {
    boolean opened;
    synchronized (this) {
      if (permit.period != period) {
        return;
      }
      permit.held = false;
      recording.run();
      opened = follow();
    }
    // Without the lock: callers' code may run.
    if (opened) {
      onOpened.run();
    }
  }

  /** Takes note of a change of the state: whether the breaker opened. */
  private synchronized boolean follow() {
    BreakerState now = stateNow();
    if (now == state) {
      return false;
    }
    state = now;
    period++;
    failuresInARow = 0;
    if (now == BreakerState.OPEN) {
      LOG.warn("{}: the circuit breaker is open", version);
    } else {
      LOG.info("{}: the circuit breaker is {}", version, now);
    }
    return now == BreakerState.OPEN;
  }

  private BreakerState stateNow() {
    return switch (breaker.getState()) {
      case CLOSED, DISABLED, METRICS_ONLY -> BreakerState.CLOSED;
      case HALF_OPEN -> BreakerState.HALF_OPEN;
      case OPEN, FORCED_OPEN -> BreakerState.OPEN;
    };
  }
}
