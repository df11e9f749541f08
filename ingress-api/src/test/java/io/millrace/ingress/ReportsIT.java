package io.millrace.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.ingress.ApiClient.Answer;
import io.millrace.ingress.access.AccessKeys;
import io.millrace.ingress.access.ApiKey;
import io.millrace.ingress.access.KeysFile;
import io.millrace.ingress.access.Scope;
import io.millrace.schemas.Topic;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports that the job wrote to Kafka are read, each by who may see it. */
@ExtendWith(SharedStack.class)
final class ReportsIT {

  private static final int FEATURES = StandInReports.FEATURES.size();

  @TempDir private static Path directory;

  /** Published once, for all tests. */
  private static @Nullable StandInReports published;

  private final TestStack stack;
  private final ApiClient client;
  private final StandInReports reports;

  ReportsIT(SharedStack.Running running) throws Exception {
    this.stack = running.stack();
    this.client = running.client();
    this.reports = published(stack, client);
  }

  private static StandInReports published(TestStack stack, ApiClient client) throws Exception {
    StandInReports known = published;
    if (known == null) {
      known = publish(stack, client);
      published = known;
    }
    return known;
  }

  @AfterAll
  static void forget() {
    published = null;
  }

  private static StandInReports publish(TestStack stack, ApiClient client) throws Exception {
    StandInReports reports =
        new StandInReports(
            "reports-" + UUID.randomUUID(),
            Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(31)));
    stack.deploy(reports.model(), "1.0.0", 1);
    try (Producer<byte[], byte[]> producer = stack.producer()) {
      StandInReports.send(producer, Topic.DRIFT_REPORTS, "nonsense", new byte[] {1, 2, 3});
      reports.publish(producer);
    }
    String path = "/v1/models/" + reports.model();
    String all = "&from=" + reports.first() + "&to=" + reports.start(StandInReports.WINDOWS);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              for (String series :
                  List.of(
                      "/drift?version=1.1.0&segment=tenant%3Dacme" + all,
                      "/quality?version=1.1.0&segment=tenant%3Dacme" + all,
                      "/cost?version=1.1.0&tenant=zoo" + all)) {
                Answer answer = client.get(path + series);
                assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
                assertThat(answer.json().path("windows")).hasSize(StandInReports.WINDOWS);
              }
            });
    return reports;
  }

  private String path(String what) {
    return "/v1/models/" + reports.model() + what;
  }

  /** All windows, with what else is asked for. */
  private String all(String what, String... parameters) {
    return path(what)
        + "?from="
        + reports.first()
        + "&to="
        + reports.start(StandInReports.WINDOWS)
        + (parameters.length == 0 ? "" : "&" + String.join("&", parameters));
  }

  private JsonNode read(String path) throws Exception {
    Answer answer = client.get(path);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    return answer.json();
  }

  private static List<List<String>> lines(Answer csv) {
    assertThat(csv.status()).as(csv.response().body()).isEqualTo(200);
    assertThat(csv.header("Content-Type")).isEqualTo("text/csv; charset=utf-8; header=present");
    assertThat(csv.header("Content-Disposition")).startsWith("attachment; filename=\"reports-");
    return csv.response().body().lines().map(line -> List.of(line.split(",", -1))).toList();
  }

  @Test
  void driftIsReadByWindowAndFeatureOfTheVersionInProduction() throws Exception {
    // When
    JsonNode drift = read(all("/drift"));

    // Then
    assertThat(drift.path("version").asText()).isEqualTo("1.0.0");
    assertThat(drift.path("window").asText()).isEqualTo("1m");
    assertThat(drift.path("segment").asText()).isEqualTo("all");
    assertThat(drift.path("next").isNull()).isTrue();
    assertThat(drift.at("/available/versions").toString()).contains("1.0.0", "1.1.0");
    assertThat(drift.at("/available/windows").toString()).isEqualTo("[\"1m\"]");
    assertThat(drift.at("/available/segments").toString()).isEqualTo("[\"all\",\"tenant=acme\"]");
    assertThat(drift.path("windows")).hasSize(StandInReports.WINDOWS);
    JsonNode window = drift.path("windows").path(StandInReports.DRIFTS_FROM);
    assertThat(window.path("start").asText())
        .isEqualTo(reports.start(StandInReports.DRIFTS_FROM).toString());
    assertThat(window.path("features")).hasSize(FEATURES);
    assertThat(window.path("features"))
        .filteredOn(feature -> feature.path("verdict").asText().equals("drift"))
        .extracting(feature -> feature.path("feature").asText())
        .containsExactly("label", "token_count");
    JsonNode tokens = window.path("features").path(FEATURES - 2);
    assertThat(tokens.path("feature").asText()).isEqualTo("token_count");
    assertThat(tokens.path("method").asText()).isEqualTo("jensen_shannon");
    assertThat(tokens.path("score").asDouble()).isEqualTo(0.31);
    assertThat(tokens.path("threshold").asDouble()).isEqualTo(0.12);
    assertThat(tokens.path("p_value").asDouble()).isEqualTo(0.0006);
    assertThat(tokens.path("n").asLong()).isEqualTo(820);
    assertThat(client.metric("millrace_report_projection_skipped_total")).isPositive();
  }

  @Test
  void theHighestRevisionOfAWindowCounts() throws Exception {
    // When
    JsonNode late = read(all("/drift/token_count")).path("windows").path(StandInReports.LATE);

    // Then
    assertThat(late.path("revision").asInt()).isEqualTo(1);
    assertThat(late.path("late").asLong()).isEqualTo(14);
    assertThat(late.path("n").asLong()).isEqualTo(839);
  }

  @Test
  void aFeatureIsReadWithItsBinsAndOneWindowByAMomentInIt() throws Exception {
    // When
    JsonNode window =
        read(path("/drift/token_count?at=" + reports.start(20).plusSeconds(59))).path("windows");

    // Then
    assertThat(window).hasSize(1);
    assertThat(window.at("/0/start").asText()).isEqualTo(reports.start(20).toString());
    assertThat(window.at("/0/scores")).hasSize(2);
    assertThat(window.at("/0/scores/1/profile").asText()).isEqualTo("evidently");
    assertThat(window.at("/0/scores/1/approximate").asBoolean()).isTrue();
    assertThat(window.at("/0/bins")).hasSize(3);
    assertThat(window.at("/0/bins/2/lower").isNull()).isTrue();
    assertThat(window.at("/0/bins/2/contribution").asDouble()).isEqualTo(0.01);
    assertThat(window.at("/0/reference/source").asText()).isEqualTo("package");
    assertThat(window.at("/0/summary/p50").asDouble()).isEqualTo(11.0);
    assertThat(read(path("/drift/embedding?at=" + reports.start(3))).at("/windows/0/bins"))
        .isEmpty();
    assertThat(read(all("/drift/nothing")).path("windows")).isEmpty();
  }

  @Test
  void windowsWithoutReportsAreNone() throws Exception {
    // When
    JsonNode hours = read(path("/drift?window=1h"));

    // Then
    assertThat(hours.path("windows")).isEmpty();
    assertThat(hours.path("complete_until").asText()).isNotEmpty();
    assertThat(read("/v1/models/support-desk/quality?window=1d").path("windows")).isEmpty();
  }

  @Test
  void qualityIsReadOfAllVersionsSideBySide() throws Exception {
    // When
    JsonNode windows = read(all("/quality")).path("windows");

    // Then
    assertThat(windows).hasSize(2 * StandInReports.WINDOWS);
    assertThat(Set.of(windows.at("/0/version").asText(), windows.at("/1/version").asText()))
        .containsExactlyInAnyOrder("1.0.0", "1.1.0");
    assertThat(windows.at("/0/label_coverage").asDouble()).isEqualTo(0.24);
    assertThat(windows.at("/0/accuracy_lower").asDouble()).isEqualTo(0.89);
    assertThat(windows.at("/0/classes").isNull()).isTrue();
    JsonNode one = read(path("/quality?version=1.1.0&at=" + reports.start(7))).path("windows");
    assertThat(one).hasSize(1);
    assertThat(one.at("/0/classes/1/hits").asLong()).isEqualTo(90);
    assertThat(one.at("/0/calibration/0/accuracy").asDouble()).isEqualTo(0.84);
  }

  @Test
  void costIsSummedByVersionAndTenantAndWhatHasNoPriceIsSaid() throws Exception {
    // When
    JsonNode cost = read(all("/cost"));

    // Then
    assertThat(cost.path("windows")).hasSize(4 * StandInReports.WINDOWS);
    assertThat(cost.path("totals")).hasSize(4);
    JsonNode priced = cost.at("/totals/0");
    assertThat(priced.path("version").asText()).isEqualTo("1.0.0");
    assertThat(priced.path("tenant").asText()).isEqualTo("acme");
    assertThat(priced.at("/sums/computed").asLong()).isEqualTo(70L * StandInReports.WINDOWS);
    assertThat(priced.at("/sums/compute_seconds").asDouble()).isEqualTo(45.0);
    assertThat(priced.at("/sums/cost").asDouble()).isCloseTo(0.045, offset(1e-9));
    assertThat(priced.at("/sums/unpriced_seconds").asDouble()).isZero();
    assertThat(priced.at("/sums/savings/1/by").asText()).isEqualTo("batching");
    assertThat(priced.at("/sums/savings/1/saved_seconds").asDouble()).isEqualTo(45.0);
    assertThat(priced.at("/sums/savings/1/saved_cost").asDouble()).isCloseTo(0.045, offset(1e-9));
    JsonNode unpriced = cost.at("/totals/3/sums");
    assertThat(unpriced.path("cost").isNull()).isTrue();
    assertThat(unpriced.path("unpriced_seconds").asDouble()).isEqualTo(45.0);
  }

  @Test
  void csvHasALineAWindowAndFeatureAndNoFormulas() throws Exception {
    // When
    Answer answer = client.get(all("/drift"), "Accept", "text/csv");

    // Then
    List<List<String>> lines = lines(answer);
    assertThat(lines).hasSize(1 + FEATURES * StandInReports.WINDOWS);
    assertThat(lines.get(0)).startsWith("window_start", "window_end", "version", "segment");
    assertThat(lines.get(1))
        .containsExactly(
            reports.start(0).toString(),
            reports.start(1).toString(),
            "1.0.0",
            "all",
            "'=cmd|' /C calc'!A0",
            "numeric",
            "stable",
            "jensen_shannon",
            "0.04",
            "0.12",
            "0.62",
            "800",
            "0",
            "0",
            "0");
    assertThat(answer.response().body()).contains("\r\n").doesNotContain(",=cmd");
  }

  @Test
  void csvOfAFeatureHasScoresOrBins() throws Exception {
    // When
    List<List<String>> scores = lines(client.get(all("/drift/token_count", "format=csv")));
    Answer bins = client.get(all("/drift/label", "format=csv", "rows=bins"));

    // Then
    assertThat(scores).hasSize(1 + 2 * StandInReports.WINDOWS);
    assertThat(scores.get(1)).endsWith("false", "true");
    assertThat(lines(bins)).hasSize(1 + 2 * StandInReports.WINDOWS);
    assertThat(bins.response().body()).contains(",\"'@refund, \"\"late\"\"\",");
  }

  @Test
  void csvOfQualityAndCost() throws Exception {
    assertThat(lines(client.get(all("/quality", "format=csv"))))
        .hasSize(1 + 2 * StandInReports.WINDOWS)
        .element(1)
        .satisfies(line -> assertThat(line).contains("0.93", "cbpe", "240"));
    assertThat(lines(client.get(all("/cost", "format=csv"))))
        .hasSize(1 + 4 * StandInReports.WINDOWS)
        .element(0)
        .satisfies(line -> assertThat(line).contains("saved_seconds_batching", "cost"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "window=fortnight;                                      window: expected",
        "window=0m;                                             window: expected",
        "from=yesterday;                                        from: expected a time",
        "from=2026-11-22T10:00:00Z&to=2026-11-22T09:00:00Z;     from: expected a time before to",
        "from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z;     found 44640 of 1m; ask for a shorter",
        "version=latest;                                        version: expected one like 1.0.0",
        "segment=;                                              segment: expected 1 to 300",
        "at=-1000000000-01-01T00:00:00Z;                        at: expected a time",
        "format=xml;                                            format: expected json or csv"
      })
  void whatIsNotUnderstoodIsSaid(String query, String detail) throws Exception {
    for (String what : List.of("/drift", "/drift/token_count", "/quality", "/cost")) {
      JsonNode problem = client.get(path(what) + "?" + query).problem(400, "bad-request");
      assertThat(problem.path("detail").asText()).contains(detail);
    }
  }

  @Test
  void otherRefusals() throws Exception {
    client.get("/v1/models/nope/drift").problem(404, "unknown-model");
    client.get("/v1/models/nope/drift/label").problem(404, "unknown-model");
    client.get("/v1/models/nope/quality").problem(404, "unknown-model");
    client.get("/v1/models/nope/cost").problem(404, "unknown-model");
    client.get(path("/drift/label?rows=lines")).problem(400, "bad-request");
    client.get(path("/drift"), "Accept", "image/png").problem(406, "not-acceptable");
  }

  @Test
  void aTenantSeesItsOwnAndAll() throws Exception {
    // Given
    Instant now = Instant.now();
    ApiKey.Created acme = ApiKey.create("acme", EnumSet.of(Scope.READ), now, null);
    ApiKey.Created zoo = ApiKey.create("zoo", EnumSet.of(Scope.READ), now, null);
    ApiKey.Created operator =
        ApiKey.create("ops", EnumSet.of(Scope.READ, Scope.OPERATE), now, null);
    ApiKey.Created submitter = ApiKey.create("acme", EnumSet.of(Scope.SUBMIT), now, null);
    KeysFile keys = new KeysFile(directory.resolve("keys.yaml"));
    keys.write(
        AccessKeys.NONE
            .with(acme.key())
            .with(zoo.key())
            .with(operator.key())
            .with(submitter.key()));
    try (IngressServer server =
        stack.server(Map.of("millrace.access.keys-file", keys.path().toString()))) {
      ApiClient guarded = new ApiClient(server.uri());
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> assertThat(guarded.get(all("/drift"), key(operator)).status()).isEqualTo(200));

      // When // Then
      String segment = "segment=" + URLEncoder.encode("tenant=acme", StandardCharsets.UTF_8);
      assertThat(guarded.get(all("/drift"), key(zoo)).json().path("windows")).isNotEmpty();
      assertThat(guarded.get(all("/drift"), key(zoo)).json().at("/available/segments").toString())
          .isEqualTo("[\"all\"]");
      assertThat(guarded.get(all("/drift", segment), key(acme)).json().path("windows"))
          .isNotEmpty();
      assertThat(guarded.get(all("/quality", segment), key(operator)).json().path("windows"))
          .isNotEmpty();
      for (String what : List.of("/drift", "/drift/label", "/quality")) {
        guarded.get(all(what, segment), key(zoo)).problem(403, "forbidden");
      }
      assertThat(guarded.get(all("/cost"), key(operator)).json().path("totals")).hasSize(4);
      assertThat(guarded.get(all("/cost"), key(zoo)).json().path("totals"))
          .hasSize(2)
          .allSatisfy(total -> assertThat(total.path("tenant").asText()).isEqualTo("zoo"));
      guarded.get(all("/cost", "tenant=acme"), key(zoo)).problem(403, "forbidden");
      guarded.get(all("/cost"), key(submitter)).problem(403, "forbidden");
      assertThat(guarded.get(all("/cost")).status()).isEqualTo(401);
    }
  }

  private static String[] key(ApiKey.Created key) {
    return new String[] {"Authorization", "Bearer " + key.text()};
  }
}
