package io.millrace.local.chaos;

import io.millrace.models.ModelVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * A scrape of Flink's metrics: what the model runtime has done. One subtask of a task manager
 * reports it.
 *
 * @param scrape in the Prometheus text format
 */
record RuntimeMetrics(String scrape) {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  static RuntimeMetrics read(URI metrics) throws IOException, InterruptedException {
    return new RuntimeMetrics(
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(metrics).timeout(TIMEOUT).build(), BodyHandlers.ofString())
            .body());
  }

  /** The value of a metric of a version; 0 when there is none. */
  long value(ModelVersion version, String name) {
    return scrape
        .lines()
        .filter(line -> line.contains(name + "{"))
        .filter(line -> line.contains("model=\"" + version.model() + '"'))
        .filter(line -> line.contains("version=\"" + version.version() + '"'))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .max()
        .orElse(0);
  }
}
