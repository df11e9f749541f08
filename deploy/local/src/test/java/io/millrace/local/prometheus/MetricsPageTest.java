package io.millrace.local.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.models.gpu.GpuField;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the page, the rules and the dashboards must have in common. */
class MetricsPageTest {

  private final MetricsPage page;

  MetricsPageTest() throws IOException {
    page = MetricsPage.read();
  }

  @Test
  void eachMetricIsListedOnceWithAKnownType() {
    assertThat(page.metrics()).hasSizeGreaterThan(50);
    assertThat(page.metrics()).extracting(MetricsPage.Metric::name).doesNotHaveDuplicates();
    assertThat(page.metrics())
        .extracting(MetricsPage.Metric::type)
        .containsOnly("counter", "gauge", "histogram");
  }

  @Test
  void namesAreThoseOfPrometheus() {
    assertThat(page.metrics())
        .filteredOn(metric -> metric.name().startsWith("millrace_"))
        .allSatisfy(
            metric ->
                assertThat(metric.name().endsWith("_total"))
                    .as(metric.name())
                    .isEqualTo(metric.type().equals("counter")))
        .allSatisfy(metric -> assertThat(metric.name()).doesNotContain("milli", "micro"));
    assertThat(page.metrics())
        .allSatisfy(
            metric ->
                assertThat(metric.labels())
                    .as(metric.name())
                    .doesNotContain("job_id", "trace", "id"));
  }

  @Test
  void everyRuleAndDashboardUsesWhatIsListedOrRecorded() throws IOException {
    Set<String> known = new TreeSet<>(page.own());
    known.addAll(page.ofFlink());
    known.addAll(page.ofGpus());
    known.addAll(Rules.recorded());
    known.add("up");

    for (Rules.Rule rule : Rules.all()) {
      assertThat(known).as(rule.name()).containsAll(Expressions.metrics(rule.expression()));
    }
    for (Dashboards.Dashboard dashboard : Dashboards.all()) {
      for (String expression : dashboard.expressions()) {
        assertThat(known).as(dashboard.file()).containsAll(Expressions.metrics(expression));
      }
    }
  }

  /** Of Flink's hundreds only what something looks at. */
  @Test
  void whatIsListedOfFlinkIsUsed() throws IOException {
    Set<String> used = new TreeSet<>();
    for (Rules.Rule rule : Rules.all()) {
      used.addAll(Expressions.metrics(rule.expression()));
    }
    for (Dashboards.Dashboard dashboard : Dashboards.all()) {
      dashboard.expressions().forEach(expression -> used.addAll(Expressions.metrics(expression)));
    }

    assertThat(used).containsAll(page.ofFlink());
  }

  @Test
  void gpusHaveTheNamesOfTheCode() {
    assertThat(page.ofGpus())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(GpuField.values()).map(GpuField::name).toList());
  }

  @Test
  void eachAlertHasItsRunbook() throws IOException {
    String runbooks = Files.readString(Rules.DIRECTORY.resolve("../../docs/alerts.md"));

    for (Rules.Rule rule : Rules.all()) {
      if (rule.alert()) {
        assertThat(runbooks).contains("\n## " + rule.name() + "\n");
        assertThat(rule.runbook())
            .endsWith("docs/alerts.md#" + rule.name().toLowerCase(Locale.ROOT));
      }
    }
  }
}
