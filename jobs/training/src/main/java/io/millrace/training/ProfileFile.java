package io.millrace.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.statistics.Histogram;
import io.millrace.statistics.ReferenceProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;

/**
 * Writes {@code reference-profile.json}: {@code numbers} by feature with {@code n}, {@code edges}
 * and {@code counts}; {@code categories} by feature with {@code n} and {@code counts} by value.
 */
final class ProfileFile {

  static final String NAME = "reference-profile.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  private ProfileFile() {}

  static void write(ReferenceProfile profile, Path file) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode numbers = root.putObject("numbers");
    profile.numbers().forEach((feature, histogram) -> add(numbers.putObject(feature), histogram));
    ObjectNode categories = root.putObject("categories");
    profile.categories().forEach((feature, counts) -> add(categories.putObject(feature), counts));
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
  }

  private static void add(ObjectNode node, Histogram histogram) {
    node.put("n", histogram.n());
    node.set("edges", JSON.valueToTree(histogram.edges()));
    node.set("counts", JSON.valueToTree(histogram.counts()));
  }

  private static void add(ObjectNode node, SortedMap<String, Long> counts) {
    node.put("n", counts.values().stream().mapToLong(Long::longValue).sum());
    node.set("counts", JSON.valueToTree(counts));
  }
}
