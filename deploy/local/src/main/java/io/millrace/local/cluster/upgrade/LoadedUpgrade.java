package io.millrace.local.cluster.upgrade;

import io.millrace.local.cluster.load.AuditedLoad;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The pause of an upgrade, as consumers of committed results see it: from the order to stop until
 * the first result of a job that was submitted after the old job had ended. The results that the
 * old job commits with its savepoint come earlier, so the time without any result is shorter.
 */
public final class LoadedUpgrade {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long POLL_MILLIS = 20;

  private final AuditedLoad load;
  private final LongSupplier nanoTicker;

  public LoadedUpgrade(AuditedLoad load) {
    this(load, System::nanoTime);
  }

  LoadedUpgrade(AuditedLoad load, LongSupplier nanoTicker) {
    this.load = load;
    this.nanoTicker = nanoTicker;
  }

  /** Seconds; null when no result comes for minutes. */
  public @Nullable Double pause(UpgradeOutcome outcome) throws InterruptedException {
    long deadline = nanoTicker.getAsLong() + PATIENCE.toNanos();
    while (nanoTicker.getAsLong() - deadline < 0) {
      OptionalLong first = load.times().firstCommitOfJobSubmittedAfter(outcome.stopped());
      if (first.isPresent()) {
        return (first.getAsLong() - outcome.stopAsked()) / 1e9;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    return null;
  }
}
