package io.millrace.local.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.testtools.TestTools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Prometheus with the configuration and the rules that are shipped, for tests. It scrapes once a
 * second, and by its rules a minute is a second: {@code [5m]} is {@code [5s]}.
 */
public final class PrometheusServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int SECONDS_OF_A_MINUTE = 1;

  private final Process process;
  private final URI address;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  private PrometheusServer(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts one.
   *
   * @param directory for its configuration, data and log
   * @param targets what a local stack has written
   */
  public static PrometheusServer start(Path directory, Path targets) throws IOException {
    Path rules = Files.createDirectories(directory.resolve("rules"));
    for (Path file : Rules.files()) {
      Files.writeString(
          rules.resolve(file.getFileName()), FastForward.rules(file, SECONDS_OF_A_MINUTE));
    }
    Path configuration = directory.resolve("prometheus.yml");
    Files.writeString(
        configuration,
        Files.readString(Rules.DIRECTORY.resolve("prometheus.yml"))
            .replace("../../.millrace/prometheus-targets.json", targets.toString())
            .replaceAll("(_interval): \\d+s", "$1: 1s"));
    int port = freePort();
    String listen = "127.0.0.1:" + port;
    Process process =
        TestTools.prometheus(
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=" + listen,
                "--log.level=warn")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("prometheus.log").toFile())
            .start();
    PrometheusServer server = new PrometheusServer(process, URI.create("http://" + listen));
    Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(server::ready);
    return server;
  }

  /** Whether an alert fires, for whatever labels. */
  public boolean fires(String alert) throws IOException, InterruptedException {
    return !query("ALERTS{alertname=\"%s\",alertstate=\"firing\"}".formatted(alert)).isEmpty();
  }

  /** The largest value of an expression now; NaN when it has none. */
  public double value(String expression) throws IOException, InterruptedException {
    double largest = Double.NaN;
    for (JsonNode sample : query(expression)) {
      double value = Double.parseDouble(sample.at("/value/1").asText());
      largest = value <= largest ? largest : value;
    }
    return largest;
  }

  /** The names of all metrics that it has, scraped or recorded. */
  public Set<String> names() throws IOException, InterruptedException {
    Set<String> names = new TreeSet<>();
    get("/api/v1/label/__name__/values").forEach(name -> names.add(name.asText()));
    return names;
  }

  /** All rules, with how their last evaluation went. */
  public JsonNode rules() throws IOException, InterruptedException {
    return get("/api/v1/rules").path("groups");
  }

  /** Where it scrapes. */
  public JsonNode targets() throws IOException, InterruptedException {
    return get("/api/v1/targets").path("activeTargets");
  }

  private JsonNode query(String expression) throws IOException, InterruptedException {
    return get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
        .path("result");
  }

  private boolean ready() throws IOException, InterruptedException {
    return send("/-/ready").statusCode() == 200;
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = send(path);
    if (response.statusCode() != 200) {
      throw new IOException(path + " was answered with " + response.body());
    }
    return json.readTree(response.body()).path("data");
  }

  private HttpResponse<String> send(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE).build(),
        BodyHandlers.ofString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
