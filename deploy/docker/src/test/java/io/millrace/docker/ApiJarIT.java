package io.millrace.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar of the API as a process, as its image starts it: nothing but variables tell it anything.
 */
class ApiJarIT {

  private static final String HOST = "127.0.0.1";
  private static final Duration START = Duration.ofSeconds(60);
  private static final int SIGTERM_EXIT = 143;

  @TempDir private Path directory;

  private int port;
  private Path log;
  private Process api;

  @BeforeEach
  void start() throws Exception {
    port = freePort();
    log = directory.resolve("log");
    ProcessBuilder process =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            Image.API_JAR.toString());
    process
        .environment()
        .putAll(
            Map.of(
                "MICRONAUT_SERVER_PORT",
                Integer.toString(port),
                // Nobody listens there.
                "MILLRACE_KAFKA_BOOTSTRAP_SERVERS",
                HOST + ":1",
                "MILLRACE_REDIS_URI",
                "redis://" + HOST + ":1",
                "LOG_FORMAT",
                "json"));
    api = process.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    await()
        .atMost(START)
        .ignoreExceptions()
        .until(() -> !api.isAlive() || status("/health/live") == 200);
  }

  @AfterEach
  void end() {
    api.destroyForcibly();
  }

  @Test
  void livesLogsAndEndsWhenItIsTold() throws Exception {
    // Given
    assertThat(api.isAlive()).as(Files.readString(log)).isTrue();

    // Then: it lives, but is not ready without Kafka, and the health check of the image says the
    // same
    assertThat(status("/health/live")).isEqualTo(200);
    assertThat(status("/health/ready")).isEqualTo(503);
    assertThat(healthCheck("/health/live")).isZero();
    assertThat(healthCheck("/health/ready")).isNotZero();

    // When: it is told to end while a request is under way
    try (Socket request = new Socket(InetAddress.getLoopbackAddress(), port)) {
      byte[] body = "{\"inputs\":[]}".getBytes(StandardCharsets.UTF_8);
      OutputStream out = request.getOutputStream();
      out.write(
          ("POST /v1/models/m/jobs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                  + "Content-Type: application/json\r\nContent-Length: "
                  + body.length
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.write(body, 0, 5);
      out.flush();
      // Its first bytes are read: the server answers in the order of arrival.
      assertThat(status("/health/live")).isEqualTo(200);
      api.toHandle().destroy();
      await().atMost(Duration.ofSeconds(10)).until(this::refuses);
      out.write(body, 5, body.length - 5);
      out.flush();

      // Then: that one is answered before the process ends
      InputStream in = request.getInputStream();
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 ");
    }
    assertThat(api.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(api.exitValue()).isEqualTo(SIGTERM_EXIT);
    assertLinesAreJson();
  }

  private void assertLinesAreJson() throws IOException {
    List<String> lines = Files.readAllLines(log);
    assertThat(lines).isNotEmpty();
    ObjectMapper json = new ObjectMapper();
    for (String line : lines) {
      JsonNode record = json.readTree(line);
      assertThat(record.path("timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
      assertThat(record.path("level").asText()).isIn("INFO", "WARN", "ERROR");
      assertThat(record.path("logger").asText()).isNotEmpty();
      assertThat(record.path("thread").asText()).isNotEmpty();
      assertThat(record.has("message")).isTrue();
    }
    assertThat(lines).anyMatch(line -> line.contains("Listening on http://" + HOST + ":" + port));
  }

  private int status(String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private int healthCheck(String path) throws IOException, InterruptedException {
    return new ProcessBuilder("bash", "healthcheck.sh", Integer.toString(port), path)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("healthcheck").toFile())
        .start()
        .waitFor();
  }

  private boolean refuses() {
    try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return !probe.isConnected();
    } catch (IOException e) {
      return true;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
