package io.millrace.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The API's own description, as tests read it. */
record ApiDescription(JsonNode root) {

  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "patch", "head", "options", "trace");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /**
   * An operation.
   *
   * @param method in upper case
   * @param path with its parameters in braces
   */
  record Operation(String method, String path, JsonNode description) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static ApiDescription of(ApiClient client) throws Exception {
    return new ApiDescription(client.get("/openapi.json").json());
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> member : path.getValue().properties()) {
        if (METHODS.contains(member.getKey())) {
          operations.add(
              new Operation(
                  member.getKey().toUpperCase(java.util.Locale.ROOT),
                  path.getKey(),
                  member.getValue()));
        }
      }
    }
    return operations;
  }

  /** The node, or the one that it refers to. */
  JsonNode resolve(JsonNode node) {
    JsonNode reference = node.path("$ref");
    return reference.isTextual() ? resolve(root.at(reference.asText().substring(1))) : node;
  }

  /** The parameters of an operation that stand at one place, such as {@code path}. */
  List<JsonNode> parameters(Operation operation, String in) {
    List<JsonNode> parameters = new ArrayList<>();
    for (JsonNode parameter : operation.description().path("parameters")) {
      JsonNode resolved = resolve(parameter);
      if (resolved.path("in").asText().equals(in)) {
        parameters.add(resolved);
      }
    }
    return parameters;
  }

  /** The operation's path with its parameters' examples. */
  String examplePath(Operation operation) {
    String path = operation.path();
    for (JsonNode parameter : parameters(operation, "path")) {
      path =
          path.replace(
              "{" + parameter.path("name").asText() + "}", exampleOf(parameter).asText("missing"));
    }
    return path;
  }

  /**
   * The example of a media type, a parameter or a schema: its own, or one made of those of its
   * parts; a missing node when a part has none.
   */
  JsonNode exampleOf(JsonNode owner) {
    JsonNode node = resolve(owner);
    if (node.has("example")) {
      return node.get("example");
    }
    for (JsonNode example : node.path("examples")) {
      return resolve(example).path("value");
    }
    return node.has("schema") ? exampleOf(node.get("schema")) : exampleOfSchema(node);
  }

  private JsonNode exampleOfSchema(JsonNode schema) {
    if (schema.has("enum")) {
      return schema.path("enum").path(0);
    }
    if (schema.has("default")) {
      return schema.get("default");
    }
    for (String choice : List.of("oneOf", "anyOf")) {
      if (schema.has(choice)) {
        return exampleOf(schema.path(choice).path(0));
      }
    }
    if (schema.has("allOf")) {
      return merged(schema.get("allOf"));
    }
    return switch (schema.path("type").asText()) {
      case "object" -> exampleOfObject(schema);
      case "array" -> {
        JsonNode item = exampleOf(schema.path("items"));
        ArrayNode items = JSON.arrayNode();
        yield item.isMissingNode() ? item : items.add(item);
      }
      case "boolean" -> JSON.booleanNode(true);
      case "integer", "number" -> JSON.numberNode(1);
      case "string" ->
          schema.path("format").asText().equals("date-time")
              ? JSON.textNode("2030-01-31T12:00:00Z")
              : MissingNode.getInstance();
      default -> MissingNode.getInstance();
    };
  }

  private JsonNode merged(JsonNode parts) {
    ObjectNode whole = JSON.objectNode();
    for (JsonNode part : parts) {
      JsonNode example = exampleOf(part);
      if (example.isMissingNode()) {
        return example;
      }
      if (example instanceof ObjectNode object) {
        whole.setAll(object);
      }
    }
    return whole;
  }

  private JsonNode exampleOfObject(JsonNode schema) {
    ObjectNode object = JSON.objectNode();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      JsonNode example = exampleOf(property.getValue());
      if (example.isMissingNode()) {
        return example;
      }
      object.set(property.getKey(), example);
    }
    return object;
  }
}
