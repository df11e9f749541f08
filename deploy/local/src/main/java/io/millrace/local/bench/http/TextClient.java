package io.millrace.local.bench.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.local.bench.load.Arrivals;
import io.millrace.local.bench.load.OpenLoop;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends texts to a server and waits for the answers: as many as are due, in an open loop, or as
 * many as it can take, in a closed one. Safe for one load at a time.
 */
final class TextClient implements AutoCloseable {

  /** How long an answer may take; a request without one has failed. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Executor LATER =
      CompletableFuture.delayedExecutor(250, TimeUnit.MILLISECONDS);

  private static final int THREADS = 2;
  private static final int OK = 200;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads).build();
  private final URI uri;
  private final String input;
  private final TextSupply texts;

  /** Texts of which none comes twice. */
  interface TextSupply {
    String next();
  }

  TextClient(URI uri, String input, TextSupply texts) {
    this.uri = uri;
    this.input = input;
    this.texts = texts;
  }

  /** Sends each when it is due; times count from then. Returns when all have ended. */
  LatencyTally open(Arrivals arrivals) throws InterruptedException {
    LatencyTally tally = new LatencyTally();
    Semaphore ended = new Semaphore(0);
    new OpenLoop(System::nanoTime)
        .run(
            arrivals,
            (index, due) -> {
              var unused = send(due, tally).whenComplete((done, failure) -> ended.release());
            });
    ended.acquire(arrivals.count());
    return tally;
  }

  /**
   * Keeps so many under way for that long. One that was refused is followed by the next after a
   * while, as a client does that heeds {@code Retry-After}: else refusals would be the load.
   *
   * @return answers a second
   */
  double closed(int concurrency, Duration length) throws InterruptedException {
    LatencyTally tally = new LatencyTally();
    Semaphore free = new Semaphore(concurrency);
    long from = System.nanoTime();
    AtomicLong last = new AtomicLong(from);
    while (System.nanoTime() - from < length.toNanos()) {
      free.acquire();
      var unused =
          send(System.nanoTime(), tally)
              .thenAccept(
                  refused -> {
                    last.set(System.nanoTime());
                    if (refused) {
                      LATER.execute(free::release);
                    } else {
                      free.release();
                    }
                  });
    }
    free.acquire(concurrency);
    return tally.answeredCount() / ((last.get() - from) / 1e9);
  }

  /**
   * @return whether it was refused; fails never
   */
  private CompletableFuture<Boolean> send(long due, LatencyTally tally) {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .header("Prefer", "wait=" + PATIENCE.toSeconds())
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofByteArray(TextBody.of(input, texts.next())))
            .build();
    return http.sendAsync(request, BodyHandlers.ofByteArray())
        .handle(
            (response, failure) ->
                note(System.nanoTime() - due, failure == null ? response : null, tally));
  }

  private static boolean note(
      long nanos, @Nullable HttpResponse<byte[]> response, LatencyTally tally) {
    int status = response == null ? 0 : response.statusCode();
    if (response != null && status == OK) {
      answered(nanos, response.body(), tally);
    } else if (status == UNAVAILABLE || status == TOO_MANY) {
      tally.refused();
      return true;
    } else {
      // A 202 too: the answer was not there in time.
      tally.failed();
    }
    return false;
  }

  private static void answered(long nanos, byte[] body, LatencyTally tally) {
    try {
      JsonNode timings = JSON.readTree(body).path("timings");
      if (timings.hasNonNull("batch_seconds")) {
        tally.answered(
            nanos,
            new LatencyTally.Timings(
                timings.path("total_seconds").asDouble(),
                timings.path("queue_seconds").asDouble(),
                timings.path("batch_wait_seconds").asDouble(),
                timings.path("batch_seconds").asDouble()));
      } else {
        tally.answered(nanos);
      }
    } catch (IOException e) {
      tally.failed();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
