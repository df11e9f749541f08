package io.millrace.local.cluster.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a replica of the API whether it is ready to take requests. */
final class Readiness {

  private static final Duration ANSWER = Duration.ofSeconds(1);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build();

  boolean ready(URI api) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve("/health/ready")).timeout(ANSWER).build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }
}
