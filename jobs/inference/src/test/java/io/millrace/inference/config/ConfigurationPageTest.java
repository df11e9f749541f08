package io.millrace.inference.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page that explains the configuration names each key with the default that it has. */
class ConfigurationPageTest {

  private static final Path PAGE = Path.of("../../docs/configuration.md");

  @Test
  void thePageAndTheDefaultsAgree() throws IOException {
    List<String> expected = new ArrayList<>();
    try (InputStream in = ConfigLoader.class.getResourceAsStream("defaults.yaml")) {
      rows("", (ObjectNode) new YAMLMapper().readTree(in), expected);
    }

    List<String> rows =
        Files.readAllLines(PAGE).stream()
            .takeWhile(line -> !line.equals("## The API"))
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split(" \\| ", 3))
            .map(cells -> cells[0] + " | " + cells[1])
            .toList();

    assertThat(rows).containsExactlyElementsOf(expected);
  }

  private static void rows(String prefix, ObjectNode tree, List<String> rows) {
    tree.fields()
        .forEachRemaining(
            entry -> {
              JsonNode value = entry.getValue();
              if (value instanceof ObjectNode below) {
                rows(prefix + entry.getKey() + ".", below, rows);
              } else {
                rows.add("| `" + prefix + entry.getKey() + "` | `" + value.asText() + "`");
              }
            });
  }
}
