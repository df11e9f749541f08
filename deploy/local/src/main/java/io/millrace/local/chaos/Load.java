package io.millrace.local.chaos;

import io.millrace.local.client.ApiJob;
import io.millrace.local.client.JobClient;
import io.millrace.local.client.JobClient.Submission;
import io.millrace.local.client.JobRequest;
import io.millrace.local.client.RequestFailedException;
import io.millrace.local.terminal.CommandFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A client that does not lose heart: it submits without waiting, so that a job counts as accepted
 * from its 202 on, and polls until it sees the result, whatever breaks meanwhile. A submission that
 * gets no answer is sent again as a new job: nobody knows whether the first was accepted.
 */
final class Load {

  private static final Duration POLL_WAIT = Duration.ofSeconds(5);
  private static final Duration RETRY = Duration.ofMillis(250);

  /** A request without a result after this long is given up. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** Statuses that say that this client, not the stack, is wrong. */
  private static final Set<Integer> MISTAKES = Set.of(400, 413, 415, 422);

  private static final Set<Integer> UNKNOWN_JOB = Set.of(404, 410);

  private final Function<String, JobClient> clients;
  private final int concurrency;
  private final LoadLog log;
  private final LongSupplier nanoTicker;
  private final AtomicReference<@Nullable RequestFailedException> mistake = new AtomicReference<>();

  /**
   * A closed loop.
   *
   * @param clients by model
   * @param concurrency requests under way all the time
   */
  Load(Function<String, JobClient> clients, int concurrency, LoadLog log, LongSupplier nanoTicker) {
    this.clients = clients;
    this.concurrency = concurrency;
    this.log = log;
    this.nanoTicker = nanoTicker;
  }

  /** A stretch of load that has ended. */
  record Phase(int requests, Duration took) {
    double perSecond() {
      return requests / (took.toNanos() / 1e9);
    }
  }

  /**
   * Sends all; returns when each has its result or was given up.
   *
   * @throws CommandFailedException when the API says that a request is wrong
   */
  Phase send(List<Question> questions) throws InterruptedException {
    Semaphore free = new Semaphore(concurrency);
    CountDownLatch open = new CountDownLatch(questions.size());
    long from = nanoTicker.getAsLong();
    for (Question question : questions) {
      free.acquire();
      var unused =
          new Request(question)
              .submit()
              .whenComplete(
                  (done, failure) -> {
                    if (failure == null) {
                      log.done();
                    } else {
                      log.gaveUp();
                    }
                    free.release();
                    open.countDown();
                  });
    }
    open.await();
    RequestFailedException wrong = mistake.get();
    if (wrong != null) {
      throw new CommandFailedException(String.valueOf(wrong.getMessage()), wrong);
    }
    return new Phase(questions.size(), Duration.ofNanos(nanoTicker.getAsLong() - from));
  }

  /**
   * Sends all, while something is done on another thread; returns when both have ended.
   *
   * @param harm what it throws is thrown in a {@link CompletionException}
   */
  Phase send(List<Question> questions, Callable<?> harm) throws InterruptedException {
    CompletableFuture<Void> done =
        CompletableFuture.runAsync(
            () -> {
              try {
                harm.call();
              } catch (Exception e) {
                throw new CompletionException(e);
              }
            },
            task -> {
              Thread thread = new Thread(task, "chaos-harm");
              thread.setDaemon(true);
              thread.start();
            });
    Phase phase = send(questions);
    done.join();
    return phase;
  }

  private final class Request {

    private final Question question;
    private final JobClient client;
    private final long sentAt = nanoTicker.getAsLong();

    Request(Question question) {
      this.question = question;
      client = clients.apply(question.model());
    }

    CompletableFuture<Void> submit() {
      return client
          .submit(new JobRequest(question.text(), question.allowStale()), Duration.ZERO)
          .handle(Answer<Submission>::new)
          .thenCompose(answer -> submitted(answer.value(), answer.failure()));
    }

    private CompletableFuture<Void> submitted(
        @Nullable Submission submission, @Nullable Throwable failure) {
      if (submission instanceof Submission.Accepted accepted) {
        log.accepted(accepted.job().id(), question);
        return follow(accepted.job());
      }
      if (submission instanceof Submission.Refused refused) {
        log.refused();
        return after(refused.retryAfter(), this::submit);
      }
      if (unwrap(failure) instanceof RequestFailedException answer
          && MISTAKES.contains(answer.status())) {
        mistake.compareAndSet(null, answer);
        return CompletableFuture.failedFuture(answer);
      }
      log.lost();
      return after(RETRY, this::submit);
    }

    private CompletableFuture<Void> follow(ApiJob job) {
      return job.finished() ? CompletableFuture.completedFuture(null) : poll(job.id());
    }

    private CompletableFuture<Void> poll(String jobId) {
      return client
          .await(jobId, POLL_WAIT)
          .handle(Answer<ApiJob>::new)
          .thenCompose(answer -> polled(jobId, answer.value(), answer.failure()));
    }

    private CompletableFuture<Void> polled(
        String jobId, @Nullable ApiJob job, @Nullable Throwable failure) {
      if (job != null && job.finished()) {
        return CompletableFuture.completedFuture(null);
      }
      if (job != null) {
        return after(Duration.ZERO, () -> poll(jobId));
      }
      if (unwrap(failure) instanceof RequestFailedException answer
          && UNKNOWN_JOB.contains(answer.status())) {
        log.notFound();
      } else {
        log.unavailable();
      }
      return after(RETRY, () -> poll(jobId));
    }

    private CompletableFuture<Void> after(Duration delay, Step next) {
      if (nanoTicker.getAsLong() - sentAt > PATIENCE.toNanos()) {
        return CompletableFuture.failedFuture(
            new RequestFailedException("No result in " + PATIENCE.toMinutes() + " minutes"));
      }
      Executor later = CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS);
      return CompletableFuture.runAsync(() -> {}, later).thenCompose(ignored -> next.run());
    }

    private static @Nullable Throwable unwrap(@Nullable Throwable failure) {
      return failure instanceof CompletionException && failure.getCause() != null
          ? failure.getCause()
          : failure;
    }
  }

  /** What came of a call: one of the two. */
  private record Answer<T>(@Nullable T value, @Nullable Throwable failure) {}

  private interface Step {
    CompletableFuture<Void> run();
  }
}
