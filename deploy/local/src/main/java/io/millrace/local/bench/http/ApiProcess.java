package io.millrace.local.bench.http;

import io.millrace.ingress.IngressApplication;
import io.millrace.local.stack.JobStack;
import io.millrace.local.stack.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The API in a process of its own, so that the processor time is its own too. */
final class ApiProcess implements AutoCloseable {

  private static final Duration READY = Duration.ofMinutes(1);

  private final Process process;
  private final URI uri;

  private ApiProcess(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /**
   * Starts it; it is ready when it takes a request.
   *
   * @param directory for its log and what it writes
   */
  static ApiProcess start(JobStack stack, Path directory) throws IOException {
    int port = Ports.anyFree();
    List<String> properties =
        List.of(
            "-Dmicronaut.server.port=" + port,
            "-Dmillrace.kafka.bootstrap-servers=" + stack.kafka(),
            "-Dmillrace.redis.uri=" + stack.redis(),
            // Nobody finishes what is accepted here.
            "-Dmillrace.backpressure.max-depth=1000000000",
            "-Dmillrace.backpressure.max-wait=24h",
            "-Dmillrace.log.file=" + directory.resolve("api.log"));
    ProcessBuilder builder =
        ProcessCpu.java(properties, IngressApplication.class.getName(), List.of());
    Process process = builder.redirectOutput(directory.resolve("api.out").toFile()).start();
    return new ApiProcess(process, JobStack.api(port));
  }

  /** Waits until it accepts a body. */
  void awaitAccepting(URI submissions, byte[] body) throws InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(submissions)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    long deadline = System.nanoTime() + READY.toNanos();
    String last = "no answer";
    while (System.nanoTime() < deadline && process.isAlive()) {
      try {
        var response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() == 202) {
          return;
        }
        last = response.statusCode() + " " + response.body();
      } catch (IOException e) {
        last = e.toString();
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    throw new IllegalStateException("The API does not accept a request: " + last);
  }

  URI uri() {
    return uri;
  }

  Process process() {
    return process;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
