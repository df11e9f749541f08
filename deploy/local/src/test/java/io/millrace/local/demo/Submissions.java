package io.millrace.local.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Submits jobs without waiting for results, and remembers those that were accepted. */
final class Submissions {

  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final int CONCURRENCY = 32;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Semaphore free = new Semaphore(CONCURRENCY);
  private final Set<String> accepted = ConcurrentHashMap.newKeySet();
  private final URI uri;

  Submissions(URI api) {
    uri = api.resolve("/v1/models/support-desk/jobs");
  }

  /** Sends one when there is room; what is refused or lost does not count. */
  void send(String text) throws InterruptedException {
    String body =
        "{\"inputs\":[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"%s\"]}]}"
            .formatted(text);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    free.acquire();
    CompletableFuture<Void> unused =
        http.sendAsync(request, BodyHandlers.ofString())
            .thenAccept(this::remember)
            .whenComplete((done, failure) -> free.release());
  }

  private void remember(HttpResponse<String> response) {
    Matcher id = ID.matcher(response.body());
    if (response.statusCode() == 202 && id.find()) {
      accepted.add(id.group(1));
    }
  }

  /** Waits until nothing is under way. */
  void drain() throws InterruptedException {
    free.acquire(CONCURRENCY);
    free.release(CONCURRENCY);
  }

  /** The ids of the jobs accepted so far. */
  Set<String> accepted() {
    return Set.copyOf(accepted);
  }
}
