package io.millrace.ingress;

import static io.millrace.ingress.ApiClient.JOBS;
import static io.millrace.ingress.ApiClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.ingress.ApiDescription.Operation;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wrong requests to every route of the API's description. The seed is in the log; {@code
 * -Dmillrace.fuzz.seed} takes it, {@code -Dmillrace.fuzz.requests} says how many requests.
 */
@ExtendWith(SharedStack.class)
final class FuzzIT {

  private static final Logger log = LoggerFactory.getLogger(FuzzIT.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int REQUESTS = Integer.getInteger("millrace.fuzz.requests", 12_000);
  private static final int THREADS = 4;

  /** Another one explores; this one says whether something got worse. */
  private static final long SEED = 20_261_122;

  private static final int PATIENCE_MILLIS = 20_000;
  private static final int BROKEN_PATIENCE_MILLIS = 50;
  private static final int MAX_TARGET = 4_000;
  private static final int SHOWN_FAILURES = 5;
  private static final long HEAP_GROWTH = 128L << 20;

  private final SharedStack.Running running;

  FuzzIT(SharedStack.Running running) {
    this.running = running;
  }

  @Test
  void wrongRequestsAreRefusedInTheFormatOfTheirSurface() throws Exception {
    long seed = Long.getLong("millrace.fuzz.seed", SEED);
    try (IngressServer server = running.stack().server(Map.of())) {
      // Given
      ApiClient client = new ApiClient(server.uri());
      SharedStack.Running.awaitReady(client);
      ApiDescription description = ApiDescription.of(client);
      List<Operation> operations = description.operations();
      long heapBefore = usedHeap();
      Queue<String> failures = new ConcurrentLinkedQueue<>();
      Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();
      AtomicInteger next = new AtomicInteger();

      // When
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      for (int thread = 0; thread < THREADS; thread++) {
        threads.execute(
            () -> {
              for (int i = next.getAndIncrement(); i < REQUESTS; i = next.getAndIncrement()) {
                Operation operation = operations.get(i % operations.size());
                RawRequest request =
                    new RequestMutator(description, new Random(seed + i)).mutant(operation);
                String failure = failure(server, request, statuses);
                if (failure != null) {
                  failures.add("request " + i + ": " + failure + "\n" + request);
                }
              }
            });
      }
      threads.shutdown();
      boolean ended = threads.awaitTermination(10, TimeUnit.MINUTES);

      // Then
      log.info("Fuzzing with seed {}: {} requests, answers {}", seed, REQUESTS, statuses);
      assertThat(ended).isTrue();
      assertThat(failures.stream().limit(SHOWN_FAILURES))
          .as("%d failures, the first ones, with -Dmillrace.fuzz.seed=%d", failures.size(), seed)
          .isEmpty();
      await().untilAsserted(() -> assertThat(client.metric("millrace_http_in_flight")).isZero());
      assertThat(client.get("/health/live").status()).isEqualTo(200);
      assertThat(client.get("/health/ready").status()).isEqualTo(200);
      assertThat(client.post(JOBS, text("still well"), "Prefer", "wait=20").json().path("status"))
          .asString()
          .contains("succeeded");
      assertThat(usedHeap() - heapBefore).isLessThan(HEAP_GROWTH);
    }
  }

  private static @Nullable String failure(
      IngressServer server, RawRequest request, Map<Integer, AtomicInteger> statuses) {
    try {
      Optional<RawResponse> answer =
          RawResponse.exchange(
              server.uri(), request, request.brokenHttp ? BROKEN_PATIENCE_MILLIS : PATIENCE_MILLIS);
      int status = answer.map(RawResponse::status).orElse(0);
      statuses.computeIfAbsent(status, key -> new AtomicInteger()).incrementAndGet();
      if (answer.isEmpty()) {
        return request.brokenHttp ? null : "no answer";
      }
      return status < 400 || request.method.equals("HEAD") ? null : wrong(request, answer.get());
    } catch (Exception e) {
      return "failed: " + e;
    }
  }

  private static @Nullable String wrong(RawRequest request, RawResponse answer) {
    if (answer.status() >= 500) {
      return "status " + answer.status() + " " + answer.body();
    }
    String format = format(answer);
    String expected = expectedFormat(request);
    return format.equals(expected) || (expected.isEmpty() && !format.isEmpty())
        ? null
        : "expected the format '%s', found '%s': %s %s"
            .formatted(expected, format, answer.status(), answer.body());
  }

  /**
   * The surface's format; empty when any will do: a target that is no URI, or is too long, is
   * refused before anyone knows whose path it is.
   */
  private static String expectedFormat(RawRequest request) {
    String path = request.path();
    if (request.brokenHttp
        || request.target.length() > MAX_TARGET
        || !isUri(request.target)
        || !path.matches("/[\\w/.:-]*")
        || path.contains("//")) {
      return "";
    }
    if (path.equals("/v2") || path.startsWith("/v2/")) {
      return "inference";
    }
    return path.equals("/v1/embeddings") ? "openai" : "problem";
  }

  private static boolean isUri(String target) {
    try {
      var unused = new URI(target);
      return true;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static String format(RawResponse answer) {
    try {
      JsonNode body = JSON.readTree(answer.body());
      String type = answer.headers().getOrDefault("content-type", "");
      if (type.equals("application/problem+json")
          && body.path("type").isTextual()
          && body.path("status").asInt() == answer.status()
          && body.path("detail").isTextual()) {
        return "problem";
      }
      if (type.startsWith("application/json") && body.size() == 1) {
        JsonNode error = body.path("error");
        if (error.isTextual()) {
          return "inference";
        }
        if (error.path("message").isTextual() && error.path("type").isTextual()) {
          return "openai";
        }
      }
      return "";
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
