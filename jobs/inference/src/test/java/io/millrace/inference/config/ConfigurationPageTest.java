package io.millrace.inference.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page that explains the configuration names each key with the default that it has. */
class ConfigurationPageTest {

  private static final Path PAGE = Path.of("../../docs/configuration.md");

  @Test
  void thePageAndTheDefaultsAgree() throws IOException {
    List<String> rows =
        Files.readAllLines(PAGE).stream()
            .takeWhile(line -> !line.equals("## The API"))
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split(" \\| ", 3))
            .map(cells -> cells[0] + " | " + cells[1])
            .toList();

    assertThat(rows)
        .containsExactlyElementsOf(
            new ConfigReader<>(InferenceConfig.class, "")
                .defaultValues().entrySet().stream()
                    .map(entry -> "| `%s` | `%s`".formatted(entry.getKey(), entry.getValue()))
                    .toList());
  }
}
