package io.millrace.models.runtime;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * A ticker for who wants a clock. It starts at the epoch, so it is good for durations alone, which
 * no change of the system's time disturbs.
 */
final class TickerClock extends Clock {

  private final LongSupplier ticker;
  private final long start;
  private final ZoneId zone;

  TickerClock(LongSupplier ticker) {
    this(ticker, ticker.getAsLong(), ZoneOffset.UTC);
  }

  private TickerClock(LongSupplier ticker, long start, ZoneId zone) {
    this.ticker = ticker;
    this.start = start;
    this.zone = zone;
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(ticker.getAsLong() - start);
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId newZone) {
    return new TickerClock(ticker, start, newZone);
  }
}
