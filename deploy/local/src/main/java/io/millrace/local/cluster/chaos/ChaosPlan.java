package io.millrace.local.cluster.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When what is killed: all victims in turn, once or several times, evenly over the time, with as
 * much time before the first kill as half of that between two.
 */
record ChaosPlan(List<Kill> kills) {

  /** What recovers in 10 s is to show a steady state before the next kill. */
  static final Duration BETWEEN = Duration.ofSeconds(40);

  ChaosPlan {
    kills = List.copyOf(kills);
  }

  /**
   * A kill.
   *
   * @param after the start of the load
   */
  record Kill(Victim victim, Duration after) {}

  /** As many rounds as there is time for, at least one. */
  static ChaosPlan over(Duration load) {
    List<Victim> victims = List.of(Victim.values());
    int rounds = (int) Math.max(1, load.dividedBy(BETWEEN.multipliedBy(victims.size())));
    Duration interval = load.dividedBy((long) rounds * victims.size());
    List<Kill> kills = new ArrayList<>();
    for (int i = 0; i < rounds * victims.size(); i++) {
      kills.add(
          new Kill(
              victims.get(i % victims.size()),
              interval.dividedBy(2).plus(interval.multipliedBy(i))));
    }
    return new ChaosPlan(kills);
  }
}
