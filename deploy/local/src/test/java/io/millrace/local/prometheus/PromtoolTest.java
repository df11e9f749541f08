package io.millrace.local.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.testtools.Finished;
import io.millrace.testtools.TestTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus itself says of the configuration, the rules and the dashboards. */
class PromtoolTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path directory;

  @Test
  void theConfigurationAndItsRulesAreValid() {
    accepts("check", "config", Rules.DIRECTORY.resolve("prometheus.yml").toString());
  }

  @Test
  void theTestsOfTheRulesPass() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("test", "rules"));
    for (Path file : tests()) {
      arguments.add(file.toString());
    }

    accepts(arguments.toArray(String[]::new));
  }

  @Test
  void eachAlertIsSeenToFireInATest() throws IOException {
    Set<String> fired = new HashSet<>();
    for (Path file : tests()) {
      for (JsonNode check :
          new YAMLMapper().readTree(file.toFile()).findValues("alert_rule_test")) {
        check.forEach(
            expected -> {
              if (!expected.path("exp_alerts").isEmpty()) {
                fired.add(expected.path("alertname").asText());
              }
            });
      }
    }

    assertThat(fired)
        .containsExactlyInAnyOrderElementsOf(
            Rules.all().stream().filter(Rules.Rule::alert).map(Rules.Rule::name).toList());
  }

  @Test
  void theExpressionsOfTheDashboardsAreValid() throws IOException {
    List<Map<String, Object>> rules = new ArrayList<>();
    for (Dashboards.Dashboard dashboard : Dashboards.all()) {
      assertThat(dashboard.expressions()).as(dashboard.file()).hasSizeGreaterThan(10);
      for (String expression : dashboard.expressions()) {
        rules.add(Map.of("record", "expression:" + rules.size(), "expr", expression));
      }
    }
    Path file = directory.resolve("dashboards.yml");
    new YAMLMapper()
        .writeValue(
            file.toFile(), Map.of("groups", List.of(Map.of("name", "dashboards", "rules", rules))));

    accepts("check", "rules", file.toString());
  }

  @Test
  void dashboardsCanBeProvisioned() throws IOException {
    assertThat(Dashboards.all())
        .extracting(Dashboards.Dashboard::file)
        .containsExactly("cost.json", "operations.json", "quality.json");
    for (Dashboards.Dashboard dashboard : Dashboards.all()) {
      JsonNode content = dashboard.content();
      List<String> variables = new ArrayList<>();
      content.at("/templating/list").forEach(each -> variables.add(each.path("name").asText()));
      assertThat(variables).contains("datasource", "model", "version");
      assertThat(content.path("uid").asText()).startsWith("millrace-");
      Set<Integer> ids = new HashSet<>();
      for (JsonNode panel : dashboard.panels()) {
        assertThat(ids.add(panel.path("id").asInt())).isTrue();
        assertThat(panel.at("/gridPos/x").asInt() + panel.at("/gridPos/w").asInt())
            .isLessThanOrEqualTo(24);
        if (!panel.path("type").asText().equals("row")) {
          assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
          assertThat(
                  panel.at("/fieldConfig/defaults/unit").asText()
                      + panel.at("/options/yAxis/unit").asText())
              .as("unit of %s", panel.path("title"))
              .isNotEmpty();
        }
      }
    }
  }

  private static List<Path> tests() throws IOException {
    try (Stream<Path> files = Files.list(Rules.DIRECTORY.resolve("tests"))) {
      return files.sorted().toList();
    }
  }

  private static void accepts(String... arguments) {
    Finished finished = Finished.run(TestTools.promtool(arguments), PATIENCE);

    assertThat(finished.status()).as(finished.all()).isZero();
  }
}
