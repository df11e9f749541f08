package io.millrace.local.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Asks over HTTP until the answer is as expected. */
public final class HttpProbe {

  private static final Duration INTERVAL = Duration.ofMillis(100);

  /** Characters of an unexpected answer that an error shows. */
  private static final int SHOWN = 300;

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient http = HttpClient.newHttpClient();
  private final LongSupplier nanoTicker;

  public HttpProbe(LongSupplier nanoTicker) {
    this.nanoTicker = nanoTicker;
  }

  /**
   * Waits until a GET answers 200 with the expected body.
   *
   * @throws IllegalStateException when it does not in time; says what it answered last
   */
  public void await(URI uri, Predicate<String> expected, Duration timeout)
      throws InterruptedException {
    long deadline = nanoTicker.getAsLong() + timeout.toNanos();
    String answer = ask(uri, expected);
    while (!answer.isEmpty()) {
      if (nanoTicker.getAsLong() > deadline) {
        throw new IllegalStateException(
            uri + " does not answer as expected after " + timeout.toSeconds() + " s: " + answer);
      }
      TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
      answer = ask(uri, expected);
    }
  }

  /** The body of a GET that is answered with 200; empty when it is not. */
  public Optional<String> get(URI uri) throws InterruptedException {
    try {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(uri).timeout(ANSWER_TIMEOUT).build(), BodyHandlers.ofString());
      return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String start(String body) {
    return body.length() > SHOWN ? body.substring(0, SHOWN) + " ..." : body;
  }

  /** Empty when it is as expected, else what came instead. */
  private String ask(URI uri, Predicate<String> expected) throws InterruptedException {
    try {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(uri).timeout(ANSWER_TIMEOUT).build(), BodyHandlers.ofString());
      return response.statusCode() == 200 && expected.test(response.body())
          ? ""
          : response.statusCode() + " " + start(response.body());
    } catch (IOException e) {
      return e.toString();
    }
  }
}
