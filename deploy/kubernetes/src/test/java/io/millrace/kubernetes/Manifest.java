package io.millrace.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A document of the Kubernetes API.
 *
 * @param source where it was read: a file, or a rendered overlay
 */
record Manifest(String source, JsonNode tree) {

  String type() {
    return at("/apiVersion").asText() + "/" + kind();
  }

  String kind() {
    return at("/kind").asText();
  }

  String name() {
    return at("/metadata/name").asText();
  }

  JsonNode at(String pointer) {
    return tree.at(pointer);
  }

  boolean is(String kind, String name) {
    return kind().equals(kind) && name().equals(name);
  }

  @Override
  public String toString() {
    return kind() + " " + name() + " in " + source;
  }
}
