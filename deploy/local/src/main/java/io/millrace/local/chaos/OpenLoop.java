package io.millrace.local.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Submits jobs at a fixed rate, whether the server keeps up or not, and does not wait for their
 * results. The time of a call counts from when it was due, not from when it could be sent, so that
 * a server that holds up its clients does not look fast. For clients of one input, a text.
 */
final class OpenLoop {

  /** Calls under way at most, each on a connection of its own. */
  private static final int CONNECTIONS = 256;

  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int THREADS = 2;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(Executors.newFixedThreadPool(THREADS, OpenLoop::thread))
          .build();
  private final ObjectMapper json = JsonMapper.builder().build();
  private final URI submissions;
  private final LoadLog log;
  private final LongSupplier nanoTicker;

  OpenLoop(URI api, String model, LoadLog log, LongSupplier nanoTicker) {
    this.submissions = api.resolve("/v1/models/" + model + "/jobs");
    this.log = log;
    this.nanoTicker = nanoTicker;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "open-loop-http");
    thread.setDaemon(true);
    return thread;
  }

  /** Submits all of them as fast as they are answered. */
  void sendAll(List<Question> questions, OpenLoopTally tally) throws InterruptedException {
    send(questions, 0, tally);
  }

  /**
   * Submits them; returns when each is answered.
   *
   * @param perSecond how many are due a second
   */
  void send(List<Question> questions, double perSecond, OpenLoopTally tally)
      throws InterruptedException {
    Semaphore free = new Semaphore(CONNECTIONS);
    double interval = perSecond == 0 ? 0 : 1e9 / perSecond;
    long from = nanoTicker.getAsLong();
    for (int i = 0; i < questions.size(); i++) {
      long due = from + (long) (i * interval);
      for (long early = due - nanoTicker.getAsLong();
          early > 0;
          early = due - nanoTicker.getAsLong()) {
        LockSupport.parkNanos(early);
      }
      free.acquire();
      send(questions.get(i), perSecond == 0 ? nanoTicker.getAsLong() : due, free, tally);
    }
    free.acquire(CONNECTIONS);
  }

  private void send(Question question, long due, Semaphore free, OpenLoopTally tally) {
    long sent = nanoTicker.getAsLong();
    HttpRequest request =
        HttpRequest.newBuilder(submissions)
            .header("Content-Type", "application/json")
            .timeout(ANSWER)
            .POST(BodyPublishers.ofByteArray(body(question.text())))
            .build();
    var unused =
        http.sendAsync(request, BodyHandlers.discarding())
            .whenComplete(
                (response, failure) -> {
                  long now = nanoTicker.getAsLong();
                  answered(question, response, tally);
                  tally.took(now - due, sent - due);
                  free.release();
                });
  }

  private void answered(
      Question question, @Nullable HttpResponse<Void> response, OpenLoopTally tally) {
    if (response == null) {
      log.lost();
      tally.unanswered();
      return;
    }
    tally.answered(
        response.statusCode(), response.headers().firstValue("Retry-After").orElse(null));
    if (response.statusCode() == 202) {
      String location = response.headers().firstValue("Location").orElseThrow();
      log.accepted(location.substring(location.lastIndexOf('/') + 1), question);
    } else {
      log.refused();
    }
  }

  private byte[] body(String text) {
    try {
      return json.writeValueAsBytes(
          Map.of(
              "inputs",
              List.of(
                  Map.of(
                      "name",
                      "text",
                      "datatype",
                      "BYTES",
                      "shape",
                      IntStream.of(1).toArray(),
                      "data",
                      List.of(text)))));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Maps of texts and numbers are always valid JSON", e);
    }
  }
}
