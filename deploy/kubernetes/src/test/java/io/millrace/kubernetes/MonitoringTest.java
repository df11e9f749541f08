package io.millrace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.testtools.CodeBlocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MonitoringTest {

  private static final Path ROOT = CodeBlocks.root();

  /** Prometheus' names of the fields of a relabelling, and those of its operator. */
  private static final Map<String, String> FIELDS =
      Map.of("source_labels", "sourceLabels", "target_label", "targetLabel");

  @Test
  void rulesAreThoseOfPrometheusFiles() throws IOException {
    Map<String, JsonNode> groups =
        Manifests.ofKind(Manifests.ofBase(), "PrometheusRule").stream()
            .collect(Collectors.toMap(Manifest::name, rules -> rules.at("/spec/groups")));
    assertThat(groups)
        .as("deploy/kubernetes/generate-rules writes them anew")
        .containsOnly(
            Map.entry("millrace-recording-rules", rules("recording.yml")),
            Map.entry("millrace-alerts", rules("alerts.yml")));
    assertThat(files("deploy/prometheus/rules")).containsOnly("recording.yml", "alerts.yml");
  }

  @Test
  void flinksMetricsAreRenamedAsInPrometheusConfiguration() throws IOException {
    JsonNode wanted =
        StreamSupport.stream(
                Manifests.YAML
                    .readTree(ROOT.resolve("deploy/prometheus/prometheus.yml").toFile())
                    .path("scrape_configs")
                    .spliterator(),
                false)
            .filter(job -> job.path("job_name").asText().equals("millrace-flink"))
            .findFirst()
            .orElseThrow()
            .path("metric_relabel_configs");
    JsonNode found = base("PodMonitor", "millrace-flink").at("/spec/podMetricsEndpoints/0");
    assertThat(found.path("metricRelabelings")).hasSize(wanted.size());
    for (int i = 0; i < wanted.size(); i++) {
      ObjectNode renamed = Manifests.YAML.createObjectNode();
      wanted
          .get(i)
          .properties()
          .forEach(f -> renamed.set(FIELDS.getOrDefault(f.getKey(), f.getKey()), f.getValue()));
      assertThat(found.path("metricRelabelings").get(i)).isEqualTo(renamed);
    }
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void monitorsFindPortsOfPodsThatAreThere(Overlay overlay) throws Exception {
    List<Pod> pods = Pod.of(overlay.manifests());
    JsonNode values =
        overlay.manifest("PodMonitor", "millrace-flink").at("/spec/selector/matchExpressions/0");
    List<Pod> flink =
        pods.stream()
            .filter(
                pod ->
                    values
                        .path("values")
                        .toString()
                        .contains("\"" + pod.labels().get(values.path("key").asText()) + "\""))
            .toList();
    assertThat(flink).hasSize(4).allMatch(pod -> pod.ports().containsKey("metrics"));

    Manifest monitor = overlay.manifest("ServiceMonitor", "millrace-api");
    Manifest service = overlay.manifest("Service", "millrace-api");
    assertThat(service.at("/metadata/labels").properties())
        .containsAll(monitor.at("/spec/selector/matchLabels").properties());
    assertThat(service.at("/spec/ports/0/name")).isEqualTo(monitor.at("/spec/endpoints/0/port"));
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void everyDashboardIsAConfigMapThatGrafanaFinds(Overlay overlay) throws Exception {
    Set<String> found =
        overlay.manifests("ConfigMap").stream()
            .filter(map -> map.at("/metadata/labels/grafana_dashboard").asText().equals("1"))
            .flatMap(map -> map.at("/data").propertyStream().map(Map.Entry::getKey))
            .collect(Collectors.toSet());
    assertThat(found).isEqualTo(files("deploy/grafana/dashboards"));
  }

  @Test
  void theAutoscalersMetricIsOneThatTheApiHas() throws IOException {
    JsonNode rule =
        Manifests.YAML
            .readTree(Manifests.DIRECTORY.resolve("prometheus-adapter-values.yaml").toFile())
            .at("/rules/external/0");
    String metric =
        base("HorizontalPodAutoscaler", "millrace-api")
            .at("/spec/metrics/0/external/metric/name")
            .asText();
    assertThat(rule.at("/name/as").asText()).isEqualTo(metric);
    assertThat(rule.path("seriesQuery").asText()).startsWith(metric + "{");
    assertThat(Files.readString(ROOT.resolve("docs/metrics.md"))).contains("| `" + metric + "` |");
  }

  private static JsonNode rules(String file) throws IOException {
    return Manifests.YAML
        .readTree(ROOT.resolve("deploy/prometheus/rules").resolve(file).toFile())
        .path("groups");
  }

  private static Manifest base(String kind, String name) {
    return Manifests.ofBase().stream()
        .filter(manifest -> manifest.is(kind, name))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> files(String directory) throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve(directory))) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
