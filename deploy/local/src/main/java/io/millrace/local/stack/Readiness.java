package io.millrace.local.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Asks the API whether it takes requests. */
final class Readiness {

  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI ready;

  Readiness(URI api) {
    ready = api.resolve("/health/ready");
  }

  /**
   * Waits until {@code /health/ready} answers 200.
   *
   * @throws IllegalStateException when it does not in time; says what it answered last
   */
  void await(Duration timeout, LongSupplier nanoTicker) throws InterruptedException {
    long deadline = nanoTicker.getAsLong() + timeout.toNanos();
    String answer = ask();
    while (!answer.isEmpty()) {
      if (nanoTicker.getAsLong() > deadline) {
        throw new IllegalStateException(
            ready + " is not ready after " + timeout.toSeconds() + " s: " + answer);
      }
      TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
      answer = ask();
    }
  }

  /** Empty when ready, else what came instead. */
  private String ask() throws InterruptedException {
    try {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(ready).timeout(ANSWER_TIMEOUT).build(),
              BodyHandlers.ofString());
      return response.statusCode() == 200 ? "" : response.statusCode() + " " + response.body();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
