package io.millrace.ingress;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Lets one message through in a while, so that an outage does not flood the log. */
public final class RateLimit {

  private final long intervalNanos;
  private final LongSupplier ticker;
  private final AtomicLong next;

  /**
   * @param ticker nanoseconds from any origin
   */
  public RateLimit(Duration interval, LongSupplier ticker) {
    this.intervalNanos = interval.toNanos();
    this.ticker = ticker;
    this.next = new AtomicLong(ticker.getAsLong());
  }

  /** True for the first call in each interval. */
  public boolean tryPass() {
    long now = ticker.getAsLong();
    long due = next.get();
    return now - due >= 0 && next.compareAndSet(due, now + intervalNanos);
  }
}
