package io.millrace.ingress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.ingress.ApiDescription.Operation;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes wrong requests of the right ones that the API's description shows. Draws from one seeded
 * source, so that a request can be made again.
 */
final class RequestMutator {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> METHODS =
      List.of(
          "GET",
          "POST",
          "PUT",
          "DELETE",
          "PATCH",
          "HEAD",
          "OPTIONS",
          "TRACE",
          "FOO",
          "get",
          "X".repeat(300));

  private static final List<String> CONTENT_TYPES =
      List.of(
          "text/plain",
          "application/xml",
          "application/json; charset=utf-16",
          "application/json; charset=nope",
          "application/json;;;",
          "application/x-ndjson",
          "application/octet-stream",
          "application/x-www-form-urlencoded",
          "multipart/form-data",
          "multipart/form-data; boundary=x",
          "application/problem+json",
          "*/*",
          "/",
          "json",
          "\u00ff\u00fe",
          "a".repeat(3_000) + "/b");

  private static final List<String> VALUES =
      List.of(
          "",
          "-1",
          "0",
          "999999999999999999999999",
          "1e9",
          "NaN",
          "null",
          ",",
          ";=;=",
          "\"",
          "\u00e4\u00ff",
          "%00",
          "a".repeat(1_000),
          "${jndi:x}",
          "*",
          "W/\"x\"",
          "wait=-1",
          "wait=99999999999999999999",
          "wait=1.5",
          "wait=, respond-async;;",
          "respond-async",
          "return=minimal; foo=\"",
          "00-00000000000000000000000000000000-0000000000000000-00",
          "Bearer ",
          "Basic !!!",
          "Bearer \u00ff");

  private static final List<String> HEADERS =
      List.of(
          "Prefer",
          "Accept",
          "Accept-Encoding",
          "Accept-Language",
          "Accept-Charset",
          "Authorization",
          "X-API-Key",
          "Idempotency-Key",
          "If-Match",
          "If-None-Match",
          "If-Modified-Since",
          "Range",
          "Last-Event-ID",
          "traceparent",
          "tracestate",
          "baggage",
          "Host",
          "Origin",
          "Cookie",
          "Expect",
          "Connection",
          "Upgrade",
          "Content-Encoding",
          "Content-Language",
          "Inference-Header-Content-Length",
          "X-HTTP-Method-Override",
          "X-Forwarded-For",
          "Forwarded",
          "TE");

  private static final List<String> SEGMENTS =
      List.of(
          "",
          "..",
          ".",
          "%2e%2e",
          "%00",
          "%zz",
          "%",
          "%ff",
          "%c0%80",
          "%0d%0a",
          "a;b=c",
          "a b".replace(" ", "%20"),
          "\u00e4",
          "%F0%9F%98%80",
          "*",
          "{id}",
          "a".repeat(300),
          "a".repeat(3_500),
          "null",
          "-1",
          "99999999999999999999",
          "jobs:batch",
          "a:b");

  private static final List<String> QUERIES =
      List.of(
          "?",
          "?a",
          "?a=b&a=c",
          "?%zz",
          "?%",
          "?%00=%00",
          "?&&&&",
          "?limit=-1",
          "?limit=99999999999999999999&page=x",
          "?a[]=1&a[b]=2",
          "?" + "x=1&".repeat(500),
          "?format=csv",
          "?stream=maybe",
          "#fragment");

  private final ApiDescription description;
  private final Random random;

  RequestMutator(ApiDescription description, Random random) {
    this.description = description;
    this.random = random;
  }

  /** A request to the operation that is wrong in one to three ways. */
  RawRequest mutant(Operation operation) {
    RawRequest request = valid(description, operation);
    for (int i = random.nextInt(3); i >= 0; i--) {
      mutate(request);
    }
    return request;
  }

  /** The request that the description shows. */
  static RawRequest valid(ApiDescription description, Operation operation) {
    RawRequest request = new RawRequest(operation.method(), description.examplePath(operation));
    request.header("Host", "localhost");
    request.header("Connection", "close");
    JsonNode content = description.resolve(operation.description().path("requestBody"));
    for (Map.Entry<String, JsonNode> type : content.path("content").properties()) {
      JsonNode example = description.exampleOf(type.getValue());
      request.header("Content-Type", type.getKey());
      request.body =
          (example.isTextual() ? example.asText() : example.toString())
              .getBytes(StandardCharsets.UTF_8);
      break;
    }
    if (operation.method().equals("GET")) {
      request.framing = RawRequest.Framing.NONE;
    }
    return request;
  }

  private void mutate(RawRequest request) {
    boolean hasBody = request.body.length > 0;
    int kind = random.nextInt(hasBody ? 100 : 60);
    if (kind < 20) {
      note(request, "header " + header(request));
    } else if (kind < 32) {
      note(request, "path " + path(request));
    } else if (kind < 40) {
      request.target += pick(QUERIES);
      note(request, "query");
    } else if (kind < 45) {
      request.method = pick(METHODS);
      note(request, "method");
    } else if (kind < 50) {
      note(request, "http " + http(request));
    } else if (kind < 60) {
      note(request, "body " + anyBody(request));
    } else if (kind < 75) {
      note(request, "bytes " + bytes(request));
    } else {
      note(request, "json " + structure(request));
    }
  }

  private static void note(RawRequest request, String mutation) {
    request.mutations.add(mutation);
  }

  private String header(RawRequest request) {
    switch (random.nextInt(6)) {
      case 0 -> {
        request.header("Content-Type", pick(CONTENT_TYPES));
        return "content type";
      }
      case 1 -> {
        request.headers.removeIf(header -> header.startsWith("Content-Type"));
        return "no content type";
      }
      case 2 -> {
        request.headers.add("X-Long: " + "h".repeat(random.nextInt(10_000)));
        return "long";
      }
      case 3 -> {
        for (int i = random.nextInt(200); i > 0; i--) {
          request.headers.add("X-H" + i + ": " + i);
        }
        return "many";
      }
      case 4 -> {
        // A number where the binary extension wants the length of the JSON before the tensors.
        int length = random.nextInt(request.body.length * 2 + 2) - 1;
        request.header("Inference-Header-Content-Length", Integer.toString(length));
        request.header("Content-Type", "application/octet-stream");
        return "binary";
      }
      default -> {
        String name = pick(HEADERS);
        request.header(name, encoding(name, pick(VALUES)));
        return name;
      }
    }
  }

  private String encoding(String name, String value) {
    return switch (name) {
      case "Content-Encoding" -> pick(List.of("gzip", "deflate", "br", "identity", "zstd", value));
      case "Expect" -> pick(List.of("100-continue", "nothing", value));
      case "Upgrade" -> pick(List.of("h2c", "websocket", value));
      default -> value;
    };
  }

  private String path(RawRequest request) {
    String[] segments = request.target.split("/", -1);
    int index = random.nextInt(segments.length);
    switch (random.nextInt(4)) {
      case 0 -> segments[index] += pick(SEGMENTS);
      case 1 -> segments[index] = pick(SEGMENTS) + "/" + segments[index];
      case 2 -> segments = Arrays.copyOf(segments, index + 1);
      default -> segments[segments.length - 1 - index / 2] = pick(SEGMENTS);
    }
    String path = String.join("/", segments);
    request.target = path.startsWith("/") ? path : "/" + path;
    return "segment";
  }

  /** Breaks HTTP itself. */
  private String http(RawRequest request) {
    request.brokenHttp = true;
    switch (random.nextInt(14)) {
      case 0 -> request.version = pick(List.of("HTTP/9.9", "HTTP/1.0", "HTTP", "", "HTTP/1.1 x"));
      case 1 -> request.headers.add(": no name");
      case 2 -> request.headers.add("no colon");
      case 3 -> request.headers.add("X-Nul: a\u0000b");
      case 4 -> request.headers.add("B\u00e4d N\u0001me: x");
      case 5 -> request.headers.add(" folded: x");
      case 6 -> request.headers.add("Content-Length: -1");
      case 7 -> request.headers.add("Content-Length: 99999999999999999999");
      case 8 ->
          request.headers.add("Transfer-Encoding: " + pick(List.of("gzip", "chunked, x", "")));
      case 9 -> {
        request.framing = RawRequest.Framing.NONE;
        request.headers.add("Content-Length: " + (request.body.length + 10));
      }
      case 10 -> {
        request.framing = RawRequest.Framing.NONE;
        request.headers.add("Content-Length: " + request.body.length / 2);
      }
      case 11 -> {
        request.framing = RawRequest.Framing.NONE;
        request.headers.add("Transfer-Encoding: chunked");
        request.body =
            pick(List.of(
                    "zz\r\n", "-5\r\nabc", "FFFFFFFFFFFFFFFFF\r\n", "5\r\nab", "0\r\n: x\r\n\r\n"))
                .getBytes(StandardCharsets.ISO_8859_1);
      }
      case 12 ->
          request.target = pick(List.of("*", "http://[", "//", "\\", "x", "http://h/v1/models"));
      default -> request.method = pick(List.of("G\u0000T", "", "\u00e4", "GET /"));
    }
    return "broken";
  }

  /** A body that has nothing to do with what is wanted. */
  private String anyBody(RawRequest request) {
    if (request.framing == RawRequest.Framing.NONE && !request.brokenHttp) {
      request.framing = RawRequest.Framing.LENGTH;
    }
    request.body =
        switch (random.nextInt(9)) {
          case 0 -> new byte[0];
          case 1 -> utf8(" \n\t ".repeat(random.nextInt(50)));
          case 2 -> utf8("[".repeat(1 + random.nextInt(50_000)));
          case 3 -> utf8("{\"inputs\":".repeat(1 + random.nextInt(20_000)));
          case 4 ->
              utf8(pick(List.of("null", "true", "0", "\"x\"", "[]", "{}", "[[]]", "NaN", "-")));
          case 5 -> {
            byte[] noise = new byte[random.nextInt(3_000)];
            random.nextBytes(noise);
            yield noise;
          }
          case 6 -> utf8("{}\n{}\n" + "not json\n".repeat(random.nextInt(20)) + "\n\n[");
          case 7 ->
              random.nextInt(20) == 0 ? utf8("{\"id\":\"" + "x".repeat(1_100_000)) : utf8("{");
          default -> utf8("<a/>");
        };
    if (random.nextBoolean()) {
      request.header("Content-Type", "application/json");
    }
    return request.body.length + " bytes";
  }

  private String bytes(RawRequest request) {
    byte[] body = request.body;
    switch (random.nextInt(7)) {
      case 0 -> request.body = Arrays.copyOf(body, random.nextInt(body.length));
      case 1 -> {
        for (int i = random.nextInt(4); i >= 0; i--) {
          body[random.nextInt(body.length)] = (byte) random.nextInt();
        }
      }
      case 2 ->
          insert(
              request,
              pick(
                  List.of(
                      "\u00ff",
                      "\u00c0\u0080",
                      "\u0080",
                      "\u00ed\u00a0\u0080",
                      "\u00f5\u0080",
                      "\u0000",
                      "\\ud800",
                      "\\u00",
                      "\u00e2\u0082")));
      case 3 -> insert(request, "}{][\",:0-e.\\".charAt(random.nextInt(12)) + "");
      case 4 -> {
        Charset charset =
            pick(
                List.of(
                    StandardCharsets.UTF_16,
                    StandardCharsets.UTF_16LE,
                    Charset.forName("UTF-32"),
                    StandardCharsets.ISO_8859_1));
        request.body = ("\u00e4" + new String(body, StandardCharsets.UTF_8)).getBytes(charset);
      }
      case 5 -> request.body = utf8("\ufeff" + new String(body, StandardCharsets.UTF_8));
      default -> request.body = utf8(new String(body, StandardCharsets.UTF_8) + " {\"more\": 1}");
    }
    return "damaged";
  }

  private void insert(RawRequest request, String latin1) {
    String body = new String(request.body, StandardCharsets.ISO_8859_1);
    int at = random.nextInt(body.length() + 1);
    request.body =
        (body.substring(0, at) + latin1 + body.substring(at)).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Changes one place of the JSON, if the body still is some. */
  private String structure(RawRequest request) {
    JsonNode root;
    try {
      root = JSON.readTree(request.body);
    } catch (JsonProcessingException e) {
      return "none";
    } catch (java.io.IOException e) {
      throw new UncheckedIOException(e);
    }
    List<JsonNode> containers = new ArrayList<>();
    collect(root, containers);
    if (containers.isEmpty()) {
      return "none";
    }
    JsonNode container = containers.get(random.nextInt(containers.size()));
    String changed =
        container instanceof ObjectNode object ? change(object) : change((ArrayNode) container);
    request.body = utf8(root.toString());
    return changed;
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private String change(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
    switch (random.nextInt(5)) {
      case 0 -> object.remove(name);
      case 1 ->
          object.set(pick(List.of("", "x/~", "\u0000", "n".repeat(400), "id", "data")), wrong());
      case 2 -> {
        JsonNode value = object.remove(name);
        object.set(name.toUpperCase(java.util.Locale.ROOT), value);
      }
      default -> object.set(name, wrong());
    }
    return name;
  }

  private String change(ArrayNode array) {
    int index = array.isEmpty() ? 0 : random.nextInt(array.size());
    switch (random.nextInt(4)) {
      case 0 -> array.removeAll();
      case 1 -> {
        JsonNode item = array.isEmpty() ? wrong() : array.get(index);
        for (int i = random.nextInt(300); i > 0; i--) {
          array.add(item);
        }
      }
      default -> {
        if (array.isEmpty()) {
          array.add(wrong());
        } else {
          array.set(index, wrong());
        }
      }
    }
    return "item";
  }

  private JsonNode wrong() {
    return switch (random.nextInt(15)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
      case 2 -> JSON.getNodeFactory().numberNode(random.nextInt());
      case 3 -> JSON.getNodeFactory().numberNode(random.nextDouble());
      case 4 -> JSON.getNodeFactory().numberNode(BigInteger.TEN.pow(random.nextInt(1_500)));
      case 5 -> JSON.getNodeFactory().numberNode(Long.MIN_VALUE);
      case 6 ->
          JSON.getNodeFactory()
              .rawValueNode(
                  new com.fasterxml.jackson.databind.util.RawValue("1e" + random.nextInt(100_000)));
      case 7 -> JSON.getNodeFactory().textNode("");
      case 8 -> JSON.getNodeFactory().textNode("x".repeat(random.nextInt(5_000)));
      case 9 -> JSON.getNodeFactory().textNode("\ud800\u0000\uffff");
      case 10 -> JSON.createArrayNode();
      case 11 -> JSON.createObjectNode();
      case 12 -> nested();
      case 13 -> JSON.createArrayNode().add(1).add("x").addNull();
      default -> JSON.createObjectNode().put("binary_data_size", random.nextInt());
    };
  }

  private JsonNode nested() {
    JsonNode node = JSON.createArrayNode();
    for (int i = random.nextInt(300); i > 0; i--) {
      node = i % 2 == 0 ? JSON.createArrayNode().add(node) : JSON.createObjectNode().set("a", node);
    }
    return node;
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
