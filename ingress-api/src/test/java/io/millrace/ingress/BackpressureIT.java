package io.millrace.ingress;

import static io.millrace.ingress.ApiClient.JOBS;
import static io.millrace.ingress.ApiClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cache.JobProgress;
import io.millrace.cache.ProgressStore;
import io.millrace.ingress.ApiClient.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queue fills and drains, between a real broker and a real Redis. */
final class BackpressureIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MAX_DEPTH = 40;

  private static TestStack stack;
  private static IngressServer server;
  private static ApiClient client;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    stack = TestStack.start(directory);
    server = stack.server(Map.of("millrace.backpressure.max-depth", MAX_DEPTH));
    client = new ApiClient(server.uri());
    SharedStack.Running.awaitReady(client);
  }

  @AfterAll
  static void stop() {
    server.close();
    stack.close();
  }

  @Test
  void theQueueFillsWhileTheJobIsDownAndOpensWhenItHasCaughtUp() throws Exception {
    // Given
    long before = stack.endOfRequests();
    stack.commit(TestStack.GROUP, before);
    awaitDepth(0);
    double closings = client.metric("millrace_queue_closings_total");

    // When
    await().atMost(PATIENCE).until(() -> !submit() && client.metric("millrace_queue_open") == 0);

    // Then: one may have been on its way to the log while the queue was measured.
    assertThat(stack.endOfRequests() - before).isBetween(1L, MAX_DEPTH + 1L);
    assertThat(client.metric("millrace_queue_closings_total")).isGreaterThan(closings);

    // When
    stack.commit(TestStack.GROUP, stack.endOfRequests() - MAX_DEPTH / 2);

    // Then
    awaitDepth(MAX_DEPTH / 2);
    assertThat(client.post(JOBS, text("again")).status()).isEqualTo(202);
    assertThat(client.metric("millrace_queue_open")).isEqualTo(1);
  }

  @Test
  void whatTheJobHasReadAndNotFinishedIsInTheQueue() throws Exception {
    // Given
    stack.commit(TestStack.GROUP, stack.endOfRequests());
    awaitDepth(0);
    for (int i = 0; i < 5; i++) {
      assertThat(client.post(JOBS, text("number " + i)).status()).isEqualTo(202);
    }
    awaitDepth(5);
    long end = stack.endOfRequests();
    stack.commit(TestStack.GROUP, end);
    awaitDepth(0);

    try (ProgressStore job = stack.progress()) {
      // When
      awaitDepth(4, () -> report(job, new JobProgress(Map.of(0, end), 4)));
      job.withdraw("job").get(10, TimeUnit.SECONDS);

      // Then
      awaitDepth(0);
    }
  }

  private static void report(ProgressStore job, JobProgress progress) throws Exception {
    job.publish("job", progress).get(10, TimeUnit.SECONDS);
  }

  /** Submits jobs until one is refused for the queue's sake; false when it was the first. */
  private static boolean submit() throws Exception {
    for (int accepted = 0; ; accepted++) {
      Answer answer = client.post(JOBS, text("number " + accepted));
      if (answer.status() == 202) {
        continue;
      }
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.json().at("/type").asText()).isEqualTo("urn:millrace:problem:queue-full");
      assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
      return accepted > 0;
    }
  }

  private interface Meanwhile {
    void run() throws Exception;
  }

  private static void awaitDepth(long expected) {
    awaitDepth(expected, () -> {});
  }

  private static void awaitDepth(long expected, Meanwhile meanwhile) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              meanwhile.run();
              assertThat(client.metric("millrace_queue_depth")).isEqualTo((double) expected);
            });
  }
}
