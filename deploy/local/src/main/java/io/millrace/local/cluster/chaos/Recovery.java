package io.millrace.local.cluster.chaos;

import io.millrace.local.cluster.load.JobTimes;
import io.millrace.local.cluster.load.Polls;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a killed part's work is done again, and says how long that took, from the kill:
 *
 * <ul>
 *   <li>task manager, JobManager, broker: until a {@code read_committed} consumer sees the first
 *       result of a job that was submitted after the kill. So it is more than the outage: the
 *       submission, the wait for the next checkpoint and the commit belong to it;
 *   <li>Redis: until the answer of the first poll that shows its job after the last poll that did
 *       not, with a poll each 100 ms; 0 when none failed. {@link #CALM} must pass without a failed
 *       one;
 *   <li>API: until the replica that was killed says that it is ready. Clients are served by the
 *       other one meanwhile.
 * </ul>
 */
final class Recovery {

  /** So long no poll may fail after an outage of Redis. */
  static final Duration CALM = Duration.ofSeconds(5);

  private static final long POLL_MILLIS = 20;

  private final JobTimes times;
  private final Polls polls;
  private final Replica replica;
  private final Duration patience;
  private final LongSupplier nanoTicker;

  /** Whether a replica of the API is ready. */
  interface Replica {
    boolean ready(URI api) throws InterruptedException;
  }

  /**
   * @param patience after which a part counts as not recovered
   */
  Recovery(
      JobTimes times, Polls polls, Replica replica, Duration patience, LongSupplier nanoTicker) {
    this.times = times;
    this.polls = polls;
    this.replica = replica;
    this.patience = patience;
    this.nanoTicker = nanoTicker;
  }

  /**
   * Seconds from the kill to the recovery; null when it did not come about in time.
   *
   * @param killedAt nanoseconds
   */
  @Nullable Double await(Victim victim, KillableCluster.Killed killed, long killedAt)
      throws InterruptedException {
    long deadline = killedAt + patience.toNanos();
    while (nanoTicker.getAsLong() - deadline < 0) {
      OptionalLong recovered = recoveredAt(victim, killed, killedAt);
      if (recovered.isPresent()) {
        return (recovered.getAsLong() - killedAt) / 1e9;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    return null;
  }

  private OptionalLong recoveredAt(Victim victim, KillableCluster.Killed killed, long killedAt)
      throws InterruptedException {
    long now = nanoTicker.getAsLong();
    return switch (victim) {
      case TM, JM, BROKER -> times.firstCommitOfJobSubmittedAfter(killedAt);
      case REDIS -> {
        OptionalLong answered = polls.answeredAgain(killedAt, now);
        boolean calm = answered.isPresent() && now - answered.getAsLong() >= CALM.toNanos();
        yield calm ? answered : OptionalLong.empty();
      }
      case API ->
          killed.api() != null && replica.ready(killed.api())
              ? OptionalLong.of(nanoTicker.getAsLong())
              : OptionalLong.empty();
    };
  }
}
