package io.millrace.local.cluster.load;

import io.millrace.local.client.JobClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Polls each accepted job at the end, when all is well again. */
public final class LastPoll {

  private static final int UNDER_WAY = 32;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long PAUSE_MILLIS = 500;

  private final List<JobClient> replicas;
  private final LongSupplier nanoTicker;

  public LastPoll(List<JobClient> replicas) {
    this(replicas, System::nanoTime);
  }

  LastPoll(List<JobClient> replicas, LongSupplier nanoTicker) {
    this.replicas = List.copyOf(replicas);
    this.nanoTicker = nanoTicker;
  }

  /**
   * The jobs that no poll shows as finished within a minute: those that are unknown to the API, and
   * those that it still takes for unfinished.
   */
  public Set<String> unanswered(List<String> jobs) throws InterruptedException {
    long deadline = nanoTicker.getAsLong() + PATIENCE.toNanos();
    Set<String> left = round(jobs);
    while (!left.isEmpty() && nanoTicker.getAsLong() - deadline < 0) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      left = round(new ArrayList<>(left));
    }
    return left;
  }

  private Set<String> round(List<String> jobs) throws InterruptedException {
    Set<String> left = ConcurrentHashMap.newKeySet();
    Semaphore free = new Semaphore(UNDER_WAY);
    for (int i = 0; i < jobs.size(); i++) {
      String job = jobs.get(i);
      free.acquire();
      var unused =
          replicas
              .get(i % replicas.size())
              .read(job)
              .whenComplete(
                  (shown, failure) -> {
                    if (failure != null || !shown.finished()) {
                      left.add(job);
                    }
                    free.release();
                  });
    }
    free.acquire(UNDER_WAY);
    return left;
  }
}
