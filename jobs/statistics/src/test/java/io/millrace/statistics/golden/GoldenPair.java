package io.millrace.statistics.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Inputs and the value that a tool or library gives for them. */
record GoldenPair(JsonNode json) {

  private static final double DEFAULT_TOLERANCE = 1e-9;
  private static final Pattern METHOD = Pattern.compile("^([\\w.]+)");
  private static final Pattern FORMULA =
      Pattern.compile(
          "\\w+\\[i\\]=\\(\\(i\\*(\\d+)\\)%(\\d+)\\)/([\\d.]+)(?:\\+([\\d.]+))?, i<(\\d+)");

  String id() {
    return json.get("id").asText();
  }

  /** The method's name without what stands behind it in parentheses. */
  String method() {
    Matcher matcher = METHOD.matcher(json.get("method").asText());
    return matcher.find() ? matcher.group(1) : "";
  }

  double tolerance() {
    return json.path("tol").asDouble(DEFAULT_TOLERANCE);
  }

  JsonNode expected() {
    return json.get("expected");
  }

  /** A number of the pair, or of the arguments that stand behind the method's name. */
  double number(String name) {
    if (json.has(name)) {
      return json.get(name).asDouble();
    }
    return Double.parseDouble(argument(name));
  }

  String argument(String name) {
    Matcher matcher =
        Pattern.compile("[(,]\\s*" + name + "\\s*=\\s*([^,) ]+)")
            .matcher(json.get("method").asText());
    if (!matcher.find()) {
      throw new IllegalArgumentException(id() + " has no " + name);
    }
    return matcher.group(1);
  }

  /** A sample of numbers: listed, listed with repeats, or by a formula of the position i. */
  double[] numbers(String name) {
    JsonNode node = json.get(name);
    if (node.isTextual()) {
      return formula(node.asText());
    }
    return values(node).stream().mapToDouble(JsonNode::asDouble).toArray();
  }

  long[] integers(String name) {
    double[] numbers = numbers(name);
    return IntStream.range(0, numbers.length).mapToLong(i -> (long) numbers[i]).toArray();
  }

  /** A sample of categories: listed, listed with repeats, or counted. */
  Map<String, Long> categories(String name) {
    JsonNode node = json.get(name);
    Map<String, Long> counts = new TreeMap<>();
    if (node.isObject() && !node.has("values")) {
      node.properties().forEach(count -> counts.put(count.getKey(), count.getValue().asLong()));
    } else {
      values(node).forEach(value -> counts.merge(value.asText(), 1L, Long::sum));
    }
    return counts;
  }

  /** Weights of both sides by name, at the same positions. */
  double[] weights(String name) {
    return StreamSupport.stream(json.get(name).spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  long[][] table(String name) {
    return StreamSupport.stream(json.get(name).spliterator(), false)
        .map(
            row ->
                StreamSupport.stream(row.spliterator(), false)
                    .mapToLong(JsonNode::asLong)
                    .toArray())
        .toArray(long[][]::new);
  }

  private static List<JsonNode> values(JsonNode node) {
    List<JsonNode> values = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(values::add);
    } else {
      for (int i = 0; i < node.get("values").size(); i++) {
        values.addAll(
            Collections.nCopies(node.get("repeat").get(i).asInt(), node.get("values").get(i)));
      }
    }
    return values;
  }

  private static double[] formula(String text) {
    Matcher matcher = FORMULA.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Not a formula of a sample: " + text);
    }
    long factor = Long.parseLong(matcher.group(1));
    long modulus = Long.parseLong(matcher.group(2));
    double divisor = Double.parseDouble(matcher.group(3));
    double offset = matcher.group(4) == null ? 0 : Double.parseDouble(matcher.group(4));
    return IntStream.range(0, Integer.parseInt(matcher.group(5)))
        .mapToDouble(i -> i * factor % modulus / divisor + offset)
        .toArray();
  }

  @Override
  public String toString() {
    return id();
  }
}
