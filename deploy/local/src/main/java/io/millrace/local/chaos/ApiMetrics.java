package io.millrace.local.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A scrape of the API's metrics.
 *
 * @param scrape in the Prometheus text format
 */
record ApiMetrics(String scrape) {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String ACCEPT_BUCKET = "millrace_http_accept_seconds_bucket{le=\"";

  static ApiMetrics read(URI api) throws IOException, InterruptedException {
    return new ApiMetrics(
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(api.resolve("/metrics")).timeout(TIMEOUT).build(),
                BodyHandlers.ofString())
            .body());
  }

  /** How often the queue became full. */
  long closings() {
    return scrape
        .lines()
        .filter(line -> line.startsWith("millrace_queue_closings_total "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(0);
  }

  /**
   * What this part of the accepted jobs took at most, from their arrival at the server to the log's
   * acknowledgement: the bound of a bucket, in seconds.
   */
  double acceptSeconds(double part, ApiMetrics before) {
    Map<Double, Double> counts = buckets();
    before.buckets().forEach((bound, count) -> counts.merge(bound, -count, Double::sum));
    double all = counts.getOrDefault(Double.POSITIVE_INFINITY, 0.0);
    return counts.entrySet().stream()
        .filter(bucket -> bucket.getValue() >= part * all)
        .mapToDouble(Map.Entry::getKey)
        .findFirst()
        .orElse(0);
  }

  /** Counts up to a bound, by bound. */
  private Map<Double, Double> buckets() {
    Map<Double, Double> counts = new TreeMap<>();
    scrape
        .lines()
        .filter(line -> line.startsWith(ACCEPT_BUCKET))
        .forEach(
            line -> {
              String bound =
                  line.substring(ACCEPT_BUCKET.length(), line.indexOf('"', ACCEPT_BUCKET.length()));
              counts.put(
                  bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound),
                  Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)));
            });
    return counts;
  }
}
