package io.millrace.local.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.testtools.CodeBlocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules that are shipped. */
public final class Rules {

  /** Where the files of Prometheus are. */
  static final Path DIRECTORY = CodeBlocks.root().resolve("deploy/prometheus");

  private Rules() {}

  /**
   * A rule.
   *
   * @param name of the alert or of what is recorded
   * @param runbook of an alert
   */
  public record Rule(String name, boolean alert, String expression, String runbook) {}

  public static List<Rule> all() throws IOException {
    List<Rule> rules = new ArrayList<>();
    for (Path file : files()) {
      for (JsonNode group : new YAMLMapper().readTree(file.toFile()).path("groups")) {
        for (JsonNode rule : group.path("rules")) {
          rules.add(
              new Rule(
                  rule.path("alert").asText(rule.path("record").asText()),
                  rule.has("alert"),
                  rule.path("expr").asText(),
                  rule.at("/annotations/runbook_url").asText()));
        }
      }
    }
    return rules;
  }

  public static Set<String> recorded() throws IOException {
    return all().stream().filter(rule -> !rule.alert()).map(Rule::name).collect(Collectors.toSet());
  }

  public static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY.resolve("rules"))) {
      return files.sorted().toList();
    }
  }
}
