package io.millrace.local.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Talks to the HTTP API as an operator does: deployments and rollouts. Each call waits for its
 * answer, and throws {@link RequestFailedException} for any that is no success.
 */
public final class OperatorClient {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** What the API shows of a deployment and does not take. */
  private static final List<String> SHOWN_ONLY =
      List.of("model", "revision", "traffic", "rollout", "updated_by", "updated_at");

  private final HttpClient http;
  private final ObjectMapper json = JsonMapper.builder().build();
  private final URI api;
  private final @Nullable String key;

  /**
   * A client.
   *
   * @param api the address of the API
   * @param key an API key with the scope operate; null where none is asked for
   */
  public OperatorClient(URI api, @Nullable String key) {
    this(api, key, null);
  }

  /**
   * A client of an API with a certificate of one's own authority.
   *
   * @param trust whom it believes; null for whom the JVM believes
   */
  public OperatorClient(URI api, @Nullable String key, @Nullable SSLContext trust) {
    this.api = api;
    this.key = key;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10));
    http = trust == null ? builder.build() : builder.sslContext(trust).build();
  }

  /**
   * A deployment and the tag of its revision.
   *
   * @param body as the API shows it
   */
  public record Tagged(ObjectNode body, String tag) {

    /** The traffic that it leads to now. */
    public ApiTraffic traffic() {
      return JsonMapper.builder().build().convertValue(body.get("traffic"), ApiTraffic.class);
    }
  }

  /** All models with what is deployed of each. */
  public ObjectNode models() throws InterruptedException {
    return read(send(request("/v1/models").GET()), ObjectNode.class);
  }

  public Tagged deployment(String model) throws InterruptedException {
    return tagged(send(request(path(model, "deployment")).GET()));
  }

  /** A deployment that can be changed and given to {@link #deploy}. */
  public static ObjectNode editable(Tagged deployment) {
    return deployment.body().deepCopy().without(SHOWN_ONLY);
  }

  /**
   * Replaces a deployment.
   *
   * @param tag of the one that it replaces; null when the model has none
   */
  public Tagged deploy(String model, ObjectNode deployment, @Nullable String tag)
      throws InterruptedException {
    HttpRequest.Builder request =
        request(path(model, "deployment"))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(write(deployment)));
    return tagged(
        send(tag == null ? request.header("If-None-Match", "*") : request.header("If-Match", tag)));
  }

  public ApiRollout rollout(String model) throws InterruptedException {
    return read(send(request(path(model, "rollout")).GET()), ApiRollout.class);
  }

  /**
   * Starts a rollout.
   *
   * @param plan its candidate, and whatever is to differ from the defaults
   */
  public ApiRollout start(String model, ObjectNode plan) throws InterruptedException {
    return post(model, "start", plan);
  }

  /**
   * Asks something of a rollout that runs.
   *
   * @param action pause, resume, promote or abort
   * @param reason for the log; null for none
   */
  public ApiRollout ask(String model, String action, @Nullable String reason)
      throws InterruptedException {
    ObjectNode body = json.createObjectNode();
    if (reason != null) {
      body.put("reason", reason);
    }
    return post(model, action, body);
  }

  /** An empty JSON object. */
  public ObjectNode object() {
    return json.createObjectNode();
  }

  private ApiRollout post(String model, String action, ObjectNode body)
      throws InterruptedException {
    return read(
        send(
            request(path(model, "rollout/" + action))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(write(body)))),
        ApiRollout.class);
  }

  private static String path(String model, String resource) {
    if (!model.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new RequestFailedException("'" + model + "' is not the name of a model");
    }
    return "/v1/models/" + model + "/" + resource;
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(api.resolve(path)).timeout(TIMEOUT);
    return key == null ? request : request.header("Authorization", "Bearer " + key);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws InterruptedException {
    HttpResponse<byte[]> response;
    try {
      response = http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (SSLException e) {
      throw new RequestFailedException(
          "The API at %s is not trusted (%s); --ca-certificate names whom to trust"
              .formatted(api, e.getMessage()));
    } catch (IOException e) {
      throw new RequestFailedException("The API at %s does not answer".formatted(api));
    }
    if (response.statusCode() / 100 != 2) {
      throw ProblemText.failure(response);
    }
    return response;
  }

  private Tagged tagged(HttpResponse<byte[]> response) {
    return new Tagged(
        read(response, ObjectNode.class), response.headers().firstValue("ETag").orElse(""));
  }

  private <T> T read(HttpResponse<byte[]> response, Class<T> type) {
    try {
      return json.readValue(response.body(), type);
    } catch (IOException e) {
      throw new RequestFailedException(
          "%s %s was answered with something else than expected: %s"
              .formatted(
                  response.request().method(), response.request().uri().getPath(), e.getMessage()),
          response.statusCode());
    }
  }

  private String write(ObjectNode body) {
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of JSON is always valid JSON", e);
    }
  }
}
