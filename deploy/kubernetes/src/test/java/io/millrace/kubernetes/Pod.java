package io.millrace.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A pod that a rendered document leads to, with the labels that it has when it runs.
 *
 * @param owner the document's kind and name, and the part of it
 * @param spec the pod's specification; of Strimzi's pods nothing but a name, since its operator
 *     writes them
 */
record Pod(String owner, Map<String, String> labels, JsonNode spec) {

  /** Those of all workloads among the documents. */
  static List<Pod> of(List<Manifest> manifests) {
    return manifests.stream().flatMap(Pod::of).toList();
  }

  List<JsonNode> containers() {
    List<JsonNode> containers = new ArrayList<>();
    spec.path("initContainers").forEach(containers::add);
    spec.path("containers").forEach(containers::add);
    return containers;
  }

  Map<String, Integer> ports() {
    Map<String, Integer> ports = new LinkedHashMap<>();
    containers()
        .forEach(
            container ->
                container
                    .path("ports")
                    .forEach(
                        port ->
                            ports.put(
                                port.path("name").asText(), port.path("containerPort").asInt())));
    return ports;
  }

  @Override
  public String toString() {
    return owner;
  }

  private static Stream<Pod> of(Manifest manifest) {
    return switch (manifest.kind()) {
      case "Deployment", "StatefulSet" ->
          Stream.of(
              new Pod(
                  manifest.kind() + " " + manifest.name(),
                  labels(manifest.at("/spec/template")),
                  manifest.at("/spec/template/spec")));
      case "FlinkDeployment" ->
          Stream.of(flink(manifest, "jobManager"), flink(manifest, "taskManager"));
      case "KafkaNodePool" -> Stream.of(kafka(manifest.name()));
      case "Kafka" -> Stream.of(entityOperator(manifest));
      default -> Stream.empty();
    };
  }

  /** As the operator merges it, arrays by name, with the labels of Flink's native integration. */
  private static Pod flink(Manifest manifest, String part) {
    JsonNode merged =
        merge(manifest.at("/spec/podTemplate"), manifest.at("/spec/" + part + "/podTemplate"));
    Map<String, String> labels = labels(merged);
    labels.put("app", manifest.name());
    labels.put("component", part.toLowerCase(java.util.Locale.ROOT));
    labels.put("type", "flink-native-kubernetes");
    return new Pod("FlinkDeployment " + manifest.name() + " " + part, labels, merged.path("spec"));
  }

  private static Pod kafka(String pool) {
    return new Pod(
        "KafkaNodePool " + pool,
        Map.of(
            "strimzi.io/cluster", "millrace",
            "strimzi.io/kind", "Kafka",
            "strimzi.io/name", "millrace-kafka",
            "strimzi.io/pool-name", pool),
        Manifests.YAML.createObjectNode());
  }

  private static Pod entityOperator(Manifest manifest) {
    return new Pod(
        "Kafka " + manifest.name() + " entityOperator",
        Map.of(
            "strimzi.io/cluster",
            manifest.name(),
            "strimzi.io/kind",
            "Kafka",
            "strimzi.io/name",
            manifest.name() + "-entity-operator"),
        Manifests.YAML.createObjectNode());
  }

  private static Map<String, String> labels(JsonNode template) {
    Map<String, String> labels = new TreeMap<>();
    template
        .at("/metadata/labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return labels;
  }

  private static JsonNode merge(JsonNode base, JsonNode over) {
    if (base.isObject() && over.isObject()) {
      ObjectNode merged = base.deepCopy();
      over.properties()
          .forEach(
              field ->
                  merged.set(field.getKey(), merge(base.path(field.getKey()), field.getValue())));
      return merged;
    }
    if (base.isArray() && over.isArray()) {
      Map<String, JsonNode> byName = new LinkedHashMap<>();
      base.forEach(item -> byName.put(item.path("name").asText(), item));
      over.forEach(item -> byName.merge(item.path("name").asText(), item, Pod::merge));
      ArrayNode merged = Manifests.YAML.createArrayNode();
      byName.values().forEach(merged::add);
      return merged;
    }
    return over.isMissingNode() ? base : over;
  }
}
