package io.millrace.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives the tests of several classes one broker, one Redis and one server with default settings.
 */
final class SharedStack implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Running.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(SharedStack.class))
        .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class);
  }

  /** What runs; closed after the last test class. */
  record Running(
      Path directory, TestStack stack, IngressServer server, StandInJob job, ApiClient client)
      implements AutoCloseable {

    private static final String EXPIRED_JOB = "/v1/jobs/01890a5d-ac96-774b-bcce-b302099a8057";

    static Running start() {
      try {
        Path directory = Files.createTempDirectory("millrace-ingress-");
        TestStack stack = TestStack.start(directory);
        IngressServer server = stack.server(Map.of());
        ApiClient client = new ApiClient(server.uri());
        awaitReady(client);
        StandInJob job = new StandInJob(stack.requests(), stack.store(), stack.producer());
        return new Running(directory, stack, server, job, client);
      } catch (Exception e) {
        throw new IllegalStateException("The shared stack does not start", e);
      }
    }

    /** Deploys the model that makes vectors, for the tests of one class. */
    void deployEmbedder() throws Exception {
      stack.deployEmbedder();
      awaitEmbedder(client);
    }

    /** Waits until a server knows the model that makes vectors. */
    static void awaitEmbedder(ApiClient client) {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(client.get("/v2/models/embedder").response().body())
                      .contains("onnxruntime_onnx"));
    }

    void removeEmbedder() throws Exception {
      stack.removeEmbedder();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                assertThat(client.get("/v2/models/embedder").status()).isEqualTo(404);
                assertThat(client.get("/v1/models").response().body()).doesNotContain("embedder");
              });
    }

    static void awaitReady(ApiClient client) {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                assertThat(client.get("/health/ready").status()).isEqualTo(200);
                // The read side is complete: it is said that a job is gone.
                assertThat(client.get(EXPIRED_JOB).status()).isEqualTo(410);
              });
    }

    @Override
    public void close() throws Exception {
      job.close();
      server.close();
      stack.close();
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
