package io.millrace.local.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/**
 * Talks to the HTTP API as any client would: {@code POST /v1/models/{model}/jobs} and {@code GET
 * /v1/jobs/{id}}, both with {@code Prefer: wait}.
 */
public final class JobClient {

  private static final Duration NETWORK_ALLOWANCE = Duration.ofSeconds(30);
  private static final int MAX_RETRY_AFTER_SECONDS = 30;

  /** Nothing that runs on them blocks; left to itself the client makes one a request. */
  private static final int THREADS = 2;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .executor(Executors.newFixedThreadPool(THREADS, JobClient::thread))
          .build();
  private final ObjectMapper json = JsonMapper.builder().build();
  private final URI api;
  private final URI submissions;
  private final String input;

  /**
   * A client for one model.
   *
   * @param api the address of the API
   * @param input the name of the model's text input
   */
  public JobClient(URI api, String model, String input) {
    this.api = api;
    this.input = input;
    submissions = api.resolve("/v1/models/" + model + "/jobs");
  }

  /** What the API said to a submission. */
  public sealed interface Submission {

    /** It took the job: 202, or 200 with the result. */
    record Accepted(ApiJob job) implements Submission {}

    /** It asked to come back later: 429 or 503. */
    record Refused(Duration retryAfter) implements Submission {}
  }

  /**
   * Submits a request and waits for its result.
   *
   * @param wait how long the API may hold the answer back at most; zero for not at all
   * @return fails with {@link RequestFailedException} on any other answer
   */
  public CompletableFuture<Submission> submit(JobRequest job, Duration wait) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(submissions)
            .header("Content-Type", "application/json")
            .timeout(wait.plus(NETWORK_ALLOWANCE))
            .POST(BodyPublishers.ofByteArray(body(job)));
    if (wait.toSeconds() > 0) {
      request.header("Prefer", "wait=" + wait.toSeconds());
    }
    return http.sendAsync(request.build(), BodyHandlers.ofByteArray()).thenApply(this::submission);
  }

  /**
   * Waits for the result of a job; completes with the job as it is then.
   *
   * @param wait how long the API may hold the answer back at most, a second or more
   * @return fails with {@link RequestFailedException} when the API does not show the job
   */
  public CompletableFuture<ApiJob> await(String jobId, Duration wait) {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve("/v1/jobs/" + jobId))
            .header("Prefer", "wait=" + wait.toSeconds())
            .timeout(wait.plus(NETWORK_ALLOWANCE))
            .build();
    return http.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(this::job);
  }

  /**
   * The job as it is now.
   *
   * @return fails with {@link RequestFailedException} when the API does not show the job
   */
  public CompletableFuture<ApiJob> read(String jobId) {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve("/v1/jobs/" + jobId)).timeout(NETWORK_ALLOWANCE).build();
    return http.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(this::job);
  }

  /**
   * Tells the right label of a job.
   *
   * @return fails with {@link RequestFailedException} when the API does not take it
   */
  public CompletableFuture<Void> feedback(String jobId, String label) {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve("/v1/jobs/" + jobId + "/feedback"))
            .header("Content-Type", "application/json")
            .timeout(NETWORK_ALLOWANCE)
            .POST(BodyPublishers.ofByteArray(bytes(Map.of("label", label))))
            .build();
    return http.sendAsync(request, BodyHandlers.ofByteArray())
        .thenAccept(
            response -> {
              if (response.statusCode() / 100 != 2) {
                throw ProblemText.failure(response);
              }
            });
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "client-http");
    thread.setDaemon(true);
    return thread;
  }

  private byte[] body(JobRequest job) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(
        "inputs",
        List.of(
            Map.of(
                "name",
                input,
                "datatype",
                "BYTES",
                "shape",
                List.of(1),
                "data",
                List.of(job.text()))));
    if (job.allowStale()) {
      body.put("allow_stale", true);
    }
    return bytes(body);
  }

  private byte[] bytes(Map<String, Object> body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Maps of texts and numbers are always valid JSON", e);
    }
  }

  private Submission submission(HttpResponse<byte[]> response) {
    return switch (response.statusCode()) {
      case 429, 503 -> new Submission.Refused(retryAfter(response));
      default -> new Submission.Accepted(job(response));
    };
  }

  private static Duration retryAfter(HttpResponse<byte[]> response) {
    OptionalInt seconds =
        response
            .headers()
            .firstValue("Retry-After")
            .filter(value -> value.matches("\\d{1,6}"))
            .map(value -> OptionalInt.of(Integer.parseInt(value)))
            .orElseGet(OptionalInt::empty);
    return Duration.ofSeconds(Math.min(MAX_RETRY_AFTER_SECONDS, Math.max(1, seconds.orElse(1))));
  }

  private ApiJob job(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status != 200 && status != 202) {
      throw ProblemText.failure(response);
    }
    try {
      return json.readValue(response.body(), ApiJob.class);
    } catch (IOException e) {
      throw new RequestFailedException(
          "%s %s answered %d without a job: %s"
              .formatted(
                  response.request().method(),
                  response.request().uri().getPath(),
                  status,
                  e.getClass().getSimpleName()),
          status);
    }
  }
}
