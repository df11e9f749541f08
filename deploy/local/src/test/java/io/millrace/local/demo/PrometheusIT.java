package io.millrace.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.client.JobClient;
import io.millrace.local.client.OperatorClient;
import io.millrace.local.client.OperatorClient.Tagged;
import io.millrace.local.data.Utterances;
import io.millrace.local.prometheus.Dashboards;
import io.millrace.local.prometheus.Expressions;
import io.millrace.local.prometheus.MetricsPage;
import io.millrace.local.prometheus.PrometheusServer;
import io.millrace.local.prometheus.Rules;
import io.millrace.local.stack.LocalStack;
import io.millrace.models.ModelVersion;
import io.millrace.models.faulty.Faults;
import io.millrace.models.faulty.FaultyPackages;
import io.millrace.training.SampleModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus as Debian has it scrapes a whole stack by what is shipped. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PrometheusIT {

  private static final String MODEL = LocalStack.SAMPLE_MODEL;
  private static final String FAST = SampleModel.VERSION.version();
  private static final String SLOW = "2.0.0";
  private static final int DELAY_MILLIS = 2_000;
  private static final double RATE = 10;
  private static final String ALERT = "MillraceLatencyRegression";
  private static final String P99 = "model:millrace_inference_latency_seconds:p99_5m";
  private static final String USUAL_P99 =
      "model:millrace_inference_latency_seconds:p99_5m_median_1h";
  private static final double PRICE = 0.36;

  /** Windows that are assessed within the test. */
  private static final Map<String, String> SHORT_WINDOWS =
      Map.of(
          "MILLRACE_INFERENCE_DRIFT_WINDOWS", "5s",
          "MILLRACE_INFERENCE_DRIFT_MIN_OBSERVATIONS", "20");

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private static Path directory;

  private static RunningStack stack;
  private static PrometheusServer prometheus;
  private static SteadyTraffic traffic;

  @BeforeAll
  static void start() throws Exception {
    Path repository = directory.resolve("models");
    Path data = directory.resolve("data");
    SampleModel.installSmall(repository, SampleModel.VERSION);
    var unused =
        FaultyPackages.wrap(
            repository,
            SampleModel.VERSION,
            new ModelVersion(MODEL, SLOW),
            Faults.of("OnnxRuntime").withDelayMillis(DELAY_MILLIS));
    stack = RunningStack.start(data, repository, SHORT_WINDOWS, MODEL + "@" + FAST);
    prometheus =
        PrometheusServer.start(
            Files.createDirectories(directory.resolve("prometheus")),
            data.toRealPath().resolve("prometheus-targets.json"));
    traffic =
        SteadyTraffic.start(
            new JobClient(stack.addresses().api(), MODEL, "text"),
            Pace.rate(RATE, new Random(1), System::nanoTime),
            Utterances.read(null),
            new Random(1),
            new AtomicLong(),
            new TrafficStatistics(System::nanoTime));
  }

  @AfterAll
  static void stop() {
    if (traffic != null) {
      traffic.close();
    }
    if (prometheus != null) {
      prometheus.close();
    }
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  @Order(1)
  void bothTargetsAreScrapedAndEveryRuleIsLoadedAndEvaluated() throws Exception {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(prometheus.targets())
                    .hasSize(2)
                    .allSatisfy(
                        target -> assertThat(target.path("health").asText()).isEqualTo("up")));
    await().atMost(PATIENCE).untilAsserted(PrometheusIT::everyRuleIsHealthy);
  }

  private static void everyRuleIsHealthy() throws Exception {
    Set<String> loaded = new TreeSet<>();
    for (JsonNode group : prometheus.rules()) {
      for (JsonNode rule : group.path("rules")) {
        loaded.add(rule.path("name").asText());
        assertThat(rule.path("health").asText()).as(rule.toString()).isEqualTo("ok");
      }
    }
    assertThat(loaded)
        .containsExactlyInAnyOrderElementsOf(Rules.all().stream().map(Rules.Rule::name).toList());
  }

  @Test
  @Order(2)
  void theLatencyAlertFiresWhenASlowVersionIsDeployedAndClearsAfterwards() throws Exception {
    // Given a model that is about as fast as it usually is
    await().atMost(PATIENCE).until(() -> prometheus.value(USUAL_P99) < DELAY_MILLIS / 1_500.0);
    await().atMost(PATIENCE).until(() -> !prometheus.fires(ALERT));

    // When
    deploy(SLOW);

    // Then
    await()
        .atMost(PATIENCE)
        .until(() -> prometheus.value(P99) > DELAY_MILLIS / 1_000.0 && prometheus.fires(ALERT));

    // When
    deploy(FAST);

    // Then
    await()
        .atMost(PATIENCE)
        .until(() -> prometheus.value(P99) < DELAY_MILLIS / 1_000.0 && !prometheus.fires(ALERT));
  }

  @Test
  @Order(3)
  void thePageAndTheScrapeAreTheSame() throws Exception {
    MetricsPage page = MetricsPage.read();
    Set<String> recorded = Rules.recorded();

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Set<String> own = new TreeSet<>(prometheus.names());
              own.removeIf(name -> !name.startsWith("millrace_") || recorded.contains(name));
              assertThat(own).containsExactlyElementsOf(page.own());
            });
    assertThat(prometheus.names()).containsAll(page.ofFlink());
  }

  @Test
  @Order(4)
  void everythingThatRulesAndDashboardsUseIsThere() throws Exception {
    Set<String> used = new TreeSet<>();
    for (Rules.Rule rule : Rules.all()) {
      used.addAll(Expressions.metrics(rule.expression()));
    }
    for (Dashboards.Dashboard dashboard : Dashboards.all()) {
      dashboard.expressions().forEach(expression -> used.addAll(Expressions.metrics(expression)));
    }
    // This machine may have no GPU; then there is nothing of one.
    used.removeAll(MetricsPage.read().ofGpus());

    assertThat(prometheus.names()).containsAll(used);
  }

  private static void deploy(String version) throws InterruptedException {
    OperatorClient operator = new OperatorClient(stack.addresses().api(), null);
    Tagged before = operator.deployment(MODEL);
    var unused =
        operator.deploy(
            MODEL,
            OperatorClient.editable(before).put("version", version).put("price_per_hour", PRICE),
            before.tag());
    await()
        .atMost(PATIENCE)
        .until(() -> operator.deployment(MODEL).traffic().version().equals(version));
  }
}
