package io.millrace.local.flink;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Calls of an HTTP server that speaks JSON, made again while the server is away. What may have been
 * done is done again only when that changes nothing: a call that is not {@link Repeat#ALWAYS} only
 * when no connection came about, or the server says that it did nothing (503: no leader).
 */
final class RestCalls {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final long PAUSE_MILLIS = 200;
  private static final int UNAVAILABLE = 503;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final JsonMapper json =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private final URI server;
  private final Duration timeout;
  private final Duration patience;
  private final LongSupplier nanoTicker;

  /**
   * @param timeout of one call
   * @param patience how long a call is made again while it fails
   */
  RestCalls(URI server, Duration timeout, Duration patience, LongSupplier nanoTicker) {
    this.server = server;
    this.timeout = timeout;
    this.patience = patience;
    this.nanoTicker = nanoTicker;
  }

  /** When a call that failed is made again. */
  enum Repeat {
    /** Twice is as once. */
    ALWAYS,
    /** Only when it surely was not done. */
    IF_NOT_DONE
  }

  <T> T get(String path, Class<T> type) throws InterruptedException {
    HttpRequest request = request(path).GET().build();
    return read(request, send(request, Repeat.ALWAYS), type);
  }

  <T> T send(String method, String path, Object body, Class<T> type, Repeat repeat)
      throws InterruptedException {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json.valueToTree(body).toString()))
            .build();
    return read(request, send(request, repeat), type);
  }

  <T> T post(String path, String contentType, BodyPublisher body, Class<T> type)
      throws InterruptedException {
    HttpRequest request = request(path).header("Content-Type", contentType).POST(body).build();
    return read(request, send(request, Repeat.IF_NOT_DONE), type);
  }

  <T> T convert(JsonNode node, Class<T> type) {
    return json.convertValue(node, type);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path)).timeout(timeout);
  }

  private HttpResponse<byte[]> send(HttpRequest request, Repeat repeat)
      throws InterruptedException {
    long deadline = nanoTicker.getAsLong() + patience.toNanos();
    while (true) {
      boolean last = nanoTicker.getAsLong() - deadline > 0;
      try {
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() != UNAVAILABLE || last) {
          return response;
        }
      } catch (ConnectException | HttpConnectTimeoutException e) {
        if (last) {
          throw noAnswer(request, e);
        }
      } catch (IOException e) {
        if (last || repeat == Repeat.IF_NOT_DONE) {
          throw noAnswer(request, e);
        }
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private static FlinkRestException noAnswer(HttpRequest request, IOException e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new FlinkRestException(
        "Flink at %s did not answer %s: %s".formatted(request.uri(), request.method(), reason), e);
  }

  private <T> T read(HttpRequest request, HttpResponse<byte[]> response, Class<T> type) {
    if (response.statusCode() / 100 != 2) {
      throw new FlinkRestException(
          "Flink answered %s %s with %d: %s"
              .formatted(
                  request.method(),
                  request.uri().getPath(),
                  response.statusCode(),
                  FlinkMessages.of(response.body(), json)),
          response.statusCode());
    }
    try {
      return json.readValue(response.body(), type);
    } catch (IOException e) {
      throw new FlinkRestException(
          "Flink's answer to %s %s is not what was expected: %s"
              .formatted(request.method(), request.uri().getPath(), e.getClass().getSimpleName()),
          e);
    }
  }
}
