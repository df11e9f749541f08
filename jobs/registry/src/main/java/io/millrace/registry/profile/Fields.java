package io.millrace.registry.profile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The fields of a JSON object, which say where they are when they are not as expected.
 *
 * @param path from the root; empty for the root
 */
record Fields(String path, JsonNode node) {

  /** Of any list. */
  static final int MAX_ITEMS = 100_000;

  Fields {
    if (!node.isObject()) {
      throw new IllegalArgumentException(
          "%s is a %s, expected an object"
              .formatted(
                  path.isEmpty() ? "the whole" : path,
                  node.getNodeType().name().toLowerCase(Locale.ROOT)));
    }
  }

  boolean has(String name) {
    return node.hasNonNull(name);
  }

  Fields object(String name) {
    return new Fields(at(name), require(name));
  }

  /** A number of 0 or more. */
  long count(String name) {
    return count(at(name), require(name));
  }

  /** A finite number. */
  double number(String name) {
    return number(at(name), require(name));
  }

  /** 0 to 1. */
  double share(String name) {
    double share = number(name);
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("%s is %s, expected 0 to 1".formatted(at(name), share));
    }
    return share;
  }

  List<Double> numbers(String name, int most) {
    List<Double> numbers = new ArrayList<>();
    array(name, most).forEach(item -> numbers.add(number(at(name), item)));
    return numbers;
  }

  List<Long> counts(String name, int most) {
    List<Long> counts = new ArrayList<>();
    array(name, most).forEach(item -> counts.add(count(at(name), item)));
    return counts;
  }

  JsonNode array(String name, int most) {
    JsonNode array = require(name);
    if (!array.isArray() || array.size() > most) {
      throw new IllegalArgumentException(
          "%s is not a list of at most %d items".formatted(at(name), most));
    }
    return array;
  }

  void requireSum(String name, long sum) {
    long said = count(name);
    if (said != sum) {
      throw new IllegalArgumentException(
          "%s is %d, expected the sum of the counts, %d".formatted(at(name), said, sum));
    }
  }

  /** What is made of the fields; what that does not like is said with the path. */
  <T> T checked(Function<Fields, T> make) {
    try {
      return make.apply(this);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw message.startsWith(path)
          ? e
          : new IllegalArgumentException("%s: %s".formatted(path, message), e);
    }
  }

  private JsonNode require(String name) {
    JsonNode found = node.get(name);
    if (found == null) {
      throw new IllegalArgumentException(at(name) + " is missing");
    }
    return found;
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static long count(String at, JsonNode item) {
    if (!item.isIntegralNumber() || !item.canConvertToLong() || item.asLong() < 0) {
      throw new IllegalArgumentException(
          "%s has %s, expected a whole number of 0 or more".formatted(at, shown(item)));
    }
    return item.asLong();
  }

  private static double number(String at, JsonNode item) {
    if (!item.isNumber() || !Double.isFinite(item.asDouble())) {
      throw new IllegalArgumentException("%s has %s, expected a number".formatted(at, shown(item)));
    }
    return item.asDouble();
  }

  private static String shown(JsonNode item) {
    return item.isValueNode() && item.asText().length() <= 64
        ? item.toString()
        : item.getNodeType().name();
  }
}
