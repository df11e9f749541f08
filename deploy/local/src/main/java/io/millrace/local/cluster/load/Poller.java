package io.millrace.local.cluster.load;

import io.millrace.local.client.JobClient;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Polls jobs that were accepted, one after the other, at all replicas in turn. */
public final class Poller implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofMillis(100);

  /** An answer that takes longer is none. */
  private static final Duration ANSWER = Duration.ofSeconds(2);

  private static final int LATEST = 200;

  private final List<JobClient> replicas;
  private final JobTimes times;
  private final Polls polls;
  private final Random random;
  private final LongSupplier nanoTicker;
  private final ScheduledExecutorService timer;
  private int turn;

  private Poller(
      List<JobClient> replicas, JobTimes times, Polls polls, long seed, LongSupplier nanoTicker) {
    this.replicas = List.copyOf(replicas);
    this.times = times;
    this.polls = polls;
    this.random = new Random(seed);
    this.nanoTicker = nanoTicker;
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "poller");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts it. */
  public static Poller start(List<JobClient> replicas, JobTimes times, Polls polls, long seed) {
    Poller poller = new Poller(replicas, times, polls, seed, System::nanoTime);
    var unused =
        poller.timer.scheduleAtFixedRate(
            poller::poll, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    return poller;
  }

  private void poll() {
    List<String> jobs = times.latest(LATEST);
    if (jobs.isEmpty()) {
      return;
    }
    String job = jobs.get(random.nextInt(jobs.size()));
    long sent = nanoTicker.getAsLong();
    var unused =
        replicas
            .get(turn++ % replicas.size())
            .read(job)
            .orTimeout(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete(
                (shown, failure) -> polls.add(sent, nanoTicker.getAsLong(), failure == null));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
