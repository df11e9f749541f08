package io.millrace.local.cluster.load;

import io.millrace.local.client.JobClient;
import io.millrace.local.client.JobClient.Submission;
import io.millrace.local.client.JobRequest;
import io.millrace.local.client.RequestFailedException;
import io.millrace.local.terminal.CommandFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Submits jobs at a steady rate to all replicas in turn, whether the cluster keeps up or not, on a
 * thread of its own. A submission that gets no answer is made again at the next replica, as a new
 * job: nobody knows whether the first was accepted. One that is refused comes again when the
 * refusal says.
 */
public final class SteadyLoad implements AutoCloseable {

  private static final Duration RETRY = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** While this many are not accepted, requests are due but not sent. */
  private static final int MOST_UNDER_WAY = 4_096;

  /** Statuses that say that this client, not the cluster, is wrong. */
  private static final Set<Integer> MISTAKES = Set.of(400, 401, 403, 413, 415, 422);

  private final List<JobClient> replicas;
  private final Supplier<String> texts;
  private final JobTimes times;
  private final LongSupplier nanoTicker;
  private final AtomicLong turn = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong gaveUp = new AtomicLong();
  private final AtomicLong underWay = new AtomicLong();
  private final AtomicReference<@Nullable RequestFailedException> mistake = new AtomicReference<>();
  private final Thread thread;
  private volatile double perSecond;
  private volatile boolean stopping;

  private SteadyLoad(
      List<JobClient> replicas,
      double perSecond,
      Supplier<String> texts,
      JobTimes times,
      LongSupplier nanoTicker) {
    this.replicas = List.copyOf(replicas);
    this.perSecond = perSecond;
    this.texts = texts;
    this.times = times;
    this.nanoTicker = nanoTicker;
    thread = new Thread(this::run, "steady-load");
    thread.setDaemon(true);
  }

  /**
   * Starts it.
   *
   * @param replicas one client for each
   * @param texts what to ask, asked by one thread
   */
  public static SteadyLoad start(
      List<JobClient> replicas, double perSecond, Supplier<String> texts, JobTimes times) {
    SteadyLoad load = new SteadyLoad(replicas, perSecond, texts, times, System::nanoTime);
    load.thread.start();
    return load;
  }

  /** Goes on at another rate. */
  public void rate(double newPerSecond) {
    perSecond = newPerSecond;
  }

  public LoadCounts counts() {
    return new LoadCounts(sent.get(), refused.get(), lost.get(), gaveUp.get(), underWay.get());
  }

  /**
   * Does nothing while the API finds the requests right.
   *
   * @throws CommandFailedException when it said that one is wrong
   */
  public void check() {
    RequestFailedException wrong = mistake.get();
    if (wrong != null) {
      throw new CommandFailedException(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private void run() {
    long due = nanoTicker.getAsLong();
    while (!stopping) {
      due += (long) (1e9 / perSecond);
      for (long early = due - nanoTicker.getAsLong();
          early > 0 && !stopping;
          early = due - nanoTicker.getAsLong()) {
        LockSupport.parkNanos(early);
      }
      if (!stopping && underWay.get() < MOST_UNDER_WAY) {
        underWay.incrementAndGet();
        submit(new JobRequest(texts.get(), false), nanoTicker.getAsLong());
      }
    }
  }

  private void submit(JobRequest request, long since) {
    JobClient replica = replicas.get((int) (turn.getAndIncrement() % replicas.size()));
    long sentAt = nanoTicker.getAsLong();
    sent.incrementAndGet();
    var unused =
        replica
            .submit(request, Duration.ZERO)
            .whenComplete((answer, failure) -> answered(request, since, sentAt, answer, failure));
  }

  private void answered(
      JobRequest request,
      long since,
      long sentAt,
      @Nullable Submission answer,
      @Nullable Throwable failure) {
    if (answer instanceof Submission.Accepted accepted) {
      times.accepted(accepted.job().id(), sentAt);
      underWay.decrementAndGet();
    } else if (answer instanceof Submission.Refused refusal) {
      refused.incrementAndGet();
      again(request, since, refusal.retryAfter());
    } else if (cause(failure) instanceof RequestFailedException wrong
        && MISTAKES.contains(wrong.status())) {
      mistake.compareAndSet(null, wrong);
      underWay.decrementAndGet();
    } else {
      lost.incrementAndGet();
      again(request, since, RETRY);
    }
  }

  private static @Nullable Throwable cause(@Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private void again(JobRequest request, long since, Duration delay) {
    if (nanoTicker.getAsLong() - since > PATIENCE.toNanos()) {
      gaveUp.incrementAndGet();
      underWay.decrementAndGet();
      return;
    }
    CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> submit(request, since));
  }

  /** Sends nothing new, and waits until each request was accepted or given up. */
  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(thread);
    long deadline = nanoTicker.getAsLong() + PATIENCE.toNanos();
    try {
      thread.join();
      while (underWay.get() > 0 && nanoTicker.getAsLong() - deadline < 0) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
