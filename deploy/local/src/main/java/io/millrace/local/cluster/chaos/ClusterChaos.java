package io.millrace.local.cluster.chaos;

import io.millrace.local.cluster.load.AuditedLoad;
import io.millrace.local.terminal.Durations;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Kills one part after the other of a cluster under load; each when the last one has recovered. */
final class ClusterChaos {

  /** What was killed has this long to recover. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final long POLL_MILLIS = 50;

  private final KillableCluster cluster;
  private final AuditedLoad load;
  private final ChaosListener listener;
  private final Random random;
  private final LongSupplier nanoTicker;
  private final Recovery recovery;

  /** Hears what goes on. */
  interface ChaosListener {

    /** Something begins that takes a while. */
    void event(String what);

    /** A line that stays. */
    void line(String text);
  }

  ClusterChaos(
      KillableCluster cluster,
      AuditedLoad load,
      ChaosListener listener,
      long seed,
      LongSupplier nanoTicker) {
    this.cluster = cluster;
    this.load = load;
    this.listener = listener;
    this.random = new Random(seed);
    this.nanoTicker = nanoTicker;
    Readiness readiness = new Readiness();
    this.recovery =
        new Recovery(
            load.times(), load.polls(), (URI api) -> readiness.ready(api), PATIENCE, nanoTicker);
  }

  /** A kill, of which the time until the next one is not known yet. */
  private record Done(Victim victim, String part, long at, double seconds, boolean recovered) {}

  /** Goes through the plan; returns when its time is over and the last part has recovered. */
  List<KillReport> run(ChaosPlan plan, Duration time) throws Exception {
    long from = nanoTicker.getAsLong();
    List<Done> done = new ArrayList<>();
    for (ChaosPlan.Kill kill : plan.kills()) {
      listener.event("steady");
      sleepUntil(from + kill.after().toNanos());
      done.add(kill(kill.victim(), from));
    }
    listener.event("steady");
    sleepUntil(from + time.toNanos());
    return reports(done, from, nanoTicker.getAsLong());
  }

  private Done kill(Victim victim, long from) throws Exception {
    long at = nanoTicker.getAsLong();
    KillableCluster.Killed killed = cluster.kill(victim, random.nextInt(Integer.MAX_VALUE));
    listener.event("kill -9 of " + killed.name());
    Double seconds = recovery.await(victim, killed, at);
    listener.line(
        "%5.0f s  kill -9 of %-16s %s"
            .formatted(
                (at - from) / 1e9,
                killed.name(),
                seconds == null
                    ? "not recovered after " + PATIENCE.toSeconds() + " s"
                    : "recovered in " + Durations.render(seconds)));
    return new Done(victim, killed.name(), at, seconds == null ? 0 : seconds, seconds != null);
  }

  private List<KillReport> reports(List<Done> done, long from, long end) {
    List<KillReport> reports = new ArrayList<>();
    for (int i = 0; i < done.size(); i++) {
      Done kill = done.get(i);
      long until = i + 1 < done.size() ? done.get(i + 1).at() : end;
      reports.add(
          new KillReport(
              kill.victim(),
              kill.part(),
              (kill.at() - from) / 1e9,
              kill.recovered() ? kill.seconds() : null,
              load.times().longestGap(kill.at(), until) / 1e9));
    }
    return reports;
  }

  private void sleepUntil(long nanos) throws InterruptedException {
    while (nanoTicker.getAsLong() - nanos < 0) {
      load.load().check();
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }
}
