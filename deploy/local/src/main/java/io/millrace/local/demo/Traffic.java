package io.millrace.local.demo;

import io.millrace.local.client.ApiJob;
import io.millrace.local.client.JobClient;
import io.millrace.local.client.JobClient.Submission;
import io.millrace.local.client.JobRequest;
import io.millrace.local.client.RequestFailedException;
import io.millrace.local.data.Utterance;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends the rows of a plan and follows each to its result. A refusal (429, 503) is sent again after
 * the time that the API asks for; the latency runs from the first try.
 */
final class Traffic {

  /** A row that has no result after this long is given up. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  /** How long the API may hold an answer back. */
  private static final Duration WAIT = Duration.ofSeconds(30);

  private final JobClient client;
  private final Pace pace;
  private final TrafficStatistics statistics;
  private final BiConsumer<ApiJob, Utterance> answered;
  private final LongSupplier nanoTicker;
  private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();

  /**
   * @param answered is told of each job that has ended
   */
  Traffic(
      JobClient client,
      Pace pace,
      TrafficStatistics statistics,
      BiConsumer<ApiJob, Utterance> answered,
      LongSupplier nanoTicker) {
    this.client = client;
    this.pace = pace;
    this.statistics = statistics;
    this.answered = answered;
    this.nanoTicker = nanoTicker;
  }

  /** Sends all rows; returns when each has its result or was given up. */
  void send(Iterable<Utterance> rows) throws InterruptedException {
    Semaphore ended = new Semaphore(0);
    int sent = 0;
    for (Utterance row : rows) {
      pace.awaitTurn();
      sent++;
      var unused =
          new Request(row)
              .run()
              .whenComplete(
                  (ignored, failure) -> {
                    if (failure != null) {
                      firstFailure.compareAndSet(null, unwrap(failure));
                      statistics.gaveUp();
                    }
                    pace.ended();
                    ended.release();
                  });
    }
    ended.acquire(sent);
  }

  /** Why the first request that was given up was; null when none was. */
  @Nullable Throwable firstFailure() {
    return firstFailure.get();
  }

  private static Throwable unwrap(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
    return cause == null ? failure : cause;
  }

  private final class Request {

    private final Utterance row;
    private final long sentAt = nanoTicker.getAsLong();

    Request(Utterance row) {
      this.row = row;
    }

    CompletableFuture<Void> run() {
      return client
          .submit(JobRequest.of(row.text()), WAIT)
          .thenCompose(
              submission -> {
                if (submission instanceof Submission.Accepted accepted) {
                  statistics.accepted(accepted.job().id(), row);
                  return follow(accepted.job());
                }
                statistics.refused();
                requirePatience("was refused");
                return after(((Submission.Refused) submission).retryAfter())
                    .thenCompose(v -> run());
              });
    }

    private CompletableFuture<Void> follow(ApiJob job) {
      if (job.finished()) {
        statistics.done(elapsed());
        answered.accept(job, row);
        return CompletableFuture.completedFuture(null);
      }
      requirePatience("job " + job.id() + " had no result");
      return client.await(job.id(), WAIT).thenCompose(this::follow);
    }

    private void requirePatience(String what) {
      if (elapsed().compareTo(PATIENCE) > 0) {
        throw new RequestFailedException(
            "A request %s for %d minutes".formatted(what, PATIENCE.toMinutes()));
      }
    }

    private Duration elapsed() {
      return Duration.ofNanos(nanoTicker.getAsLong() - sentAt);
    }

    private CompletableFuture<Void> after(Duration delay) {
      Executor later = CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS);
      return CompletableFuture.runAsync(() -> {}, later);
    }
  }
}
