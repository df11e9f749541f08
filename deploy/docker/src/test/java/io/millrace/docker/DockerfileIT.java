package io.millrace.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of the Dockerfiles without an engine that builds them. */
class DockerfileIT {

  private static final Pattern NUMERIC_USER = Pattern.compile("[1-9]\\d*:[1-9]\\d*");

  /** One instruction, its continued lines joined. */
  private record Instruction(String name, String arguments) {
    List<String> words() {
      return Arrays.stream(arguments.split("\\s+")).filter(word -> !word.startsWith("--")).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile.flink", "Dockerfile.flink-gpu", "Dockerfile.ingress-api"})
  void runsAsNobodyInParticularAndTellsItsHealth(String file) throws IOException {
    // When
    List<Instruction> instructions = parse(Path.of(file));

    // Then: a number, which Kubernetes can tell from root
    List<Instruction> users = all(instructions, "USER");
    assertThat(users.get(users.size() - 1).arguments()).matches(NUMERIC_USER);
    assertThat(all(instructions, "HEALTHCHECK")).hasSize(1);
    assertThat(all(instructions, "HEALTHCHECK").get(0).arguments()).contains("healthcheck.sh");
    assertThat(all(instructions, "EXPOSE")).isNotEmpty();
    assertThat(all(instructions, "ADD")).isEmpty();
    assertThat(all(instructions, "FROM"))
        .noneMatch(from -> from.arguments().contains(":latest"))
        .allMatch(from -> from.arguments().startsWith("${"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile.flink", "Dockerfile.flink-gpu", "Dockerfile.ingress-api"})
  void copiesWhatTheBuildLaysOut(String file) throws IOException {
    // When
    List<Instruction> copies =
        all(parse(Path.of(file)), "COPY").stream()
            .filter(copy -> !copy.arguments().contains("--from="))
            .toList();

    // Then
    assertThat(copies).isNotEmpty();
    for (Instruction copy : copies) {
      List<String> words = copy.words();
      for (String source : words.subList(0, words.size() - 1)) {
        assertThat(Path.of(source)).exists();
        assertThat(isSent(source)).as("%s is in the build context", source).isTrue();
        if (source.endsWith("/")) {
          assertThat(Path.of(source)).isNotEmptyDirectory();
        }
      }
    }
  }

  private static boolean isSent(String source) throws IOException {
    return Files.readAllLines(Path.of(".dockerignore")).stream()
        .filter(line -> line.startsWith("!"))
        .anyMatch(line -> source.startsWith(line.substring(1)));
  }

  private static List<Instruction> all(List<Instruction> instructions, String name) {
    return instructions.stream().filter(instruction -> instruction.name().equals(name)).toList();
  }

  private static List<Instruction> parse(Path file) throws IOException {
    String joined =
        Files.readAllLines(file).stream()
            .filter(line -> !line.startsWith("#"))
            .collect(Collectors.joining("\n"))
            .replace("\\\n", " ");
    return joined
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .map(line -> line.split("\\s+", 2))
        .map(parts -> new Instruction(parts[0], parts[1]))
        .toList();
  }
}
