package io.millrace.local.cluster.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.cluster.chaos.KillableCluster.Killed;
import io.millrace.local.cluster.load.JobTimes;
import io.millrace.local.cluster.load.Polls;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** On a clock that goes a second further each time that somebody looks. */
class RecoveryTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long KILLED_AT = 100 * SECOND;
  private static final Killed PART = new Killed("part", null);

  private final JobTimes times = new JobTimes();
  private final Polls polls = new Polls();
  private final AtomicLong clock = new AtomicLong(KILLED_AT);

  @Test
  void aTaskManagerHasRecoveredWithTheFirstResultOfALaterJob() throws Exception {
    times.accepted("earlier", KILLED_AT - SECOND);
    times.committed("earlier", KILLED_AT + 2 * SECOND);
    times.accepted("later", KILLED_AT + SECOND);
    times.committed("later", KILLED_AT + 7 * SECOND);

    for (Victim victim : new Victim[] {Victim.TM, Victim.JM, Victim.BROKER}) {
      assertThat(recovery(api -> false).await(victim, PART, KILLED_AT)).isEqualTo(7);
    }
  }

  @Test
  void redisHasRecoveredWhenPollsAreAnsweredForAWhile() throws Exception {
    polls.add(KILLED_AT + SECOND, KILLED_AT + SECOND, false);
    polls.add(KILLED_AT + 2 * SECOND, KILLED_AT + 2 * SECOND, true);
    clock.set(KILLED_AT + 3 * SECOND);

    assertThat(recovery(api -> false).await(Victim.REDIS, PART, KILLED_AT)).isEqualTo(2);
    assertThat(clock.get() - KILLED_AT)
        .isGreaterThanOrEqualTo(2 * SECOND + Recovery.CALM.toNanos());
  }

  @Test
  void aReplicaHasRecoveredWhenItSaysSo() throws Exception {
    URI api = URI.create("http://localhost:1");
    Recovery recovery =
        recovery(asked -> asked.equals(api) && clock.get() - KILLED_AT >= 4 * SECOND);

    assertThat(recovery.await(Victim.API, new Killed("api-1", api), KILLED_AT)).isBetween(4.0, 6.0);
  }

  @Test
  void whatDoesNotComeBackHasNotRecovered() throws Exception {
    for (Victim victim : Victim.values()) {
      clock.set(KILLED_AT);
      assertThat(recovery(api -> false).await(victim, PART, KILLED_AT)).isNull();
    }
  }

  private Recovery recovery(Recovery.Replica replica) {
    return new Recovery(
        times, polls, replica, Duration.ofSeconds(30), () -> clock.getAndAdd(SECOND));
  }
}
