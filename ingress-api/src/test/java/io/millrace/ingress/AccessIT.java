package io.millrace.ingress;

import static io.millrace.ingress.ApiClient.JOBS;
import static io.millrace.ingress.ApiClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import io.millrace.ingress.ApiClient.Answer;
import io.millrace.ingress.access.AccessKeys;
import io.millrace.ingress.access.ApiKey;
import io.millrace.ingress.access.KeysFile;
import io.millrace.ingress.access.Scope;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.avro.InferenceCommand;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call what, and that tenants see nothing of each other. */
final class AccessIT {

  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");
  private static final Set<Scope> CLIENT = EnumSet.of(Scope.SUBMIT, Scope.READ);

  private static final ApiKey.Created ACME = ApiKey.create("acme", CLIENT, NOW, null);
  private static final ApiKey.Created GLOBEX = ApiKey.create("globex", CLIENT, NOW, null);
  private static final ApiKey.Created READER =
      ApiKey.create("acme", EnumSet.of(Scope.READ), NOW, null);
  private static final ApiKey.Created OPERATOR =
      ApiKey.create("ops", EnumSet.of(Scope.OPERATE), NOW, null);
  private static final ApiKey.Created EXPIRED =
      ApiKey.create("acme", CLIENT, NOW, Instant.parse("2026-11-22T10:15:31Z"));
  private static final AccessKeys KEYS =
      AccessKeys.NONE
          .with(ACME.key())
          .with(GLOBEX.key())
          .with(READER.key())
          .with(OPERATOR.key())
          .with(EXPIRED.key());

  private static TestStack stack;
  private static KeysFile file;
  private static IngressServer server;
  private static ApiClient client;
  private static StandInJob job;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    stack = TestStack.start(directory.resolve("stack"));
    file = new KeysFile(directory.resolve("keys.yaml"));
    file.write(KEYS);
    server =
        stack.server(
            Map.of(
                "millrace.access.keys-file",
                file.path().toString(),
                "millrace.kafka.delivery-timeout",
                "2s"));
    client = new ApiClient(server.uri());
    job = new StandInJob(stack.requests(), stack.store(), stack.producer());
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(client.get("/health/ready").status()).isEqualTo(200);
              assertThat(get(ACME, "/v1/jobs/01890a5d-ac96-774b-bcce-b302099a8057").status())
                  .isEqualTo(410);
            });
  }

  @AfterAll
  static void stop() throws Exception {
    job.close();
    server.close();
    stack.close();
  }

  private static Answer get(ApiKey.Created key, String path) throws Exception {
    return client.get(path, "Authorization", "Bearer " + key.text());
  }

  private static Answer post(ApiKey.Created key, String path, String body, String... headers)
      throws Exception {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Authorization";
    all[headers.length + 1] = "Bearer " + key.text();
    return client.post(path, body, all);
  }

  private static double counted(String series) throws Exception {
    return get(OPERATOR, "/metrics")
        .response()
        .body()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/models/support-desk/jobs",
    "GET, /v1/models",
    "GET, /v1/jobs/01890a5d-ac96-774b-bcce-b302099a8057",
    "POST, /v1/jobs/01890a5d-ac96-774b-bcce-b302099a8057/cancel",
    "GET, /metrics",
    "GET, /nothing/here",
    "DELETE, /v1/models"
  })
  void withoutAKeyNothingIsAnswered(String method, String path) throws Exception {
    // Given
    double before = counted("millrace_http_unauthenticated_total{reason=\"missing\"}");

    // When
    Answer answer =
        client.send(
            client
                .request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString("{")));

    // Then
    answer.problem(401, "unauthenticated");
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"millrace\"");
    assertThat(counted("millrace_http_unauthenticated_total{reason=\"missing\"}"))
        .isEqualTo(before + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health/live",
        "/health/ready",
        "/openapi.json",
        "/v2/health/live",
        "/v2/health/ready",
        "/docs",
        "/docs/assets/swagger-ui.css",
        "/console",
        "/console/js/main.js",
        "/console/assets/chart.umd.min.js"
      })
  void whatTellsNothingOfTenantsIsOpen(String path) throws Exception {
    assertThat(client.get(path).status()).isEqualTo(200);
  }

  @Test
  void refusalsHaveTheFormOfTheirSurface() throws Exception {
    // When
    Answer inference = client.post("/v2/models/support-desk/infer", "{");
    Answer openAi = client.post("/v1/embeddings", "{");
    Answer forbidden = post(READER, "/v1/embeddings", "{");

    // Then
    assertThat(inference.status()).isEqualTo(401);
    assertThat(inference.json().path("error").asText()).contains("Expected an API key");
    assertThat(inference.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"millrace\"");
    assertThat(openAi.status()).isEqualTo(401);
    assertThat(openAi.json().at("/error/message").asText()).contains("Expected an API key");
    assertThat(forbidden.status()).isEqualTo(403);
    assertThat(forbidden.json().at("/error/message").asText()).contains("scope submit");
  }

  @Test
  void keyIsTakenFromEitherHeader() throws Exception {
    assertThat(client.get("/v1/models", "X-API-Key", ACME.text()).status()).isEqualTo(200);
    assertThat(client.get("/v1/models", "Authorization", "bearer  " + ACME.text()).status())
        .isEqualTo(200);
    assertThat(
            client
                .get("/v1/models", "Authorization", "Basic dTpw", "X-API-Key", ACME.text())
                .status())
        .isEqualTo(200);
  }

  @Test
  void keyThatIsNotValidIsRefusedAndCountedByReason() throws Exception {
    // Given
    String wrongSecret = ACME.text().substring(0, ACME.text().length() - 43) + "A".repeat(43);
    String unknown = ApiKey.create("acme", CLIENT, NOW, null).text();
    double before = counted("millrace_http_unauthenticated_total{reason=\"unknown\"}");

    // When // Then
    String ofWrong =
        client
            .get("/v1/models", "X-API-Key", wrongSecret)
            .problem(401, "unauthenticated")
            .toString();
    String ofUnknown =
        client.get("/v1/models", "X-API-Key", unknown).problem(401, "unauthenticated").toString();
    assertThat(ofWrong).isEqualTo(ofUnknown);
    assertThat(counted("millrace_http_unauthenticated_total{reason=\"unknown\"}"))
        .isEqualTo(before + 2);

    client.get("/v1/models", "X-API-Key", EXPIRED.text()).problem(401, "unauthenticated");
    assertThat(counted("millrace_http_unauthenticated_total{reason=\"expired\"}")).isPositive();

    client.get("/v1/models", "X-API-Key", "x".repeat(4_000)).problem(401, "unauthenticated");
    assertThat(counted("millrace_http_unauthenticated_total{reason=\"malformed\"}")).isPositive();
  }

  @Test
  void keyWithoutTheScopeIsRefused() throws Exception {
    // Given
    double before = counted("millrace_http_forbidden_total");

    // When // Then
    post(READER, JOBS, text("x")).problem(403, "forbidden");
    get(ACME, "/metrics").problem(403, "forbidden");
    get(OPERATOR, "/v1/models").problem(403, "forbidden");
    assertThat(get(READER, "/v1/models").status()).isEqualTo(200);
    assertThat(counted("millrace_http_forbidden_total")).isEqualTo(before + 3);
  }

  @Test
  void pathWithoutARouteIsNotFoundWithAnyKey() throws Exception {
    get(READER, "/nothing/here").problem(404, "not-found");
  }

  @Test
  void tenantReadsItsOwnJobs() throws Exception {
    // When
    Answer submitted = post(ACME, JOBS, text("mine"), "Prefer", "wait=20");

    // Then
    assertThat(submitted.status()).as(submitted.response().body()).isEqualTo(200);
    String path = "/v1/jobs/" + submitted.json().path("id").asText();
    assertThat(get(READER, path).json().path("status").asText()).isEqualTo("succeeded");
  }

  @Test
  void jobOfAnotherTenantIsAnsweredLikeOneThatIsNotThere() throws Exception {
    // Given
    String finished =
        post(ACME, JOBS, text("mine"), "Prefer", "wait=20").json().path("id").asText();
    String waiting = post(ACME, JOBS, text("never")).json().path("id").asText();
    String unknown = UuidCreator.getTimeOrderedEpoch().toString();

    for (String other : List.of(finished, waiting)) {
      for (String action : List.of("", "/cancel", "/events", "/feedback")) {
        // When: the read side may not know the youngest ids yet, and says so alike.
        await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(() -> ask(GLOBEX, unknown, action).problem(404, "unknown-job"));
        Answer ofUnknown = ask(GLOBEX, unknown, action);
        Answer ofOther = ask(GLOBEX, other, action);

        // Then
        assertThat(ofOther.status()).isEqualTo(ofUnknown.status());
        assertThat(ofOther.response().body().replace(other, unknown))
            .isEqualTo(ofUnknown.response().body());
        assertThat(ofOther.response().headers().map().keySet())
            .isEqualTo(ofUnknown.response().headers().map().keySet());
      }
    }
    assertThat(ask(ACME, waiting, "").json().path("status").asText()).isEqualTo("queued");
  }

  @Test
  void whileTheReadSideMayLackJobsThoseOfOthersReadLikeUnknownOnes() throws Exception {
    // Given
    String mine = post(ACME, JOBS, text("never")).json().path("id").asText();
    String unknown = UuidCreator.getTimeOrderedEpoch().toString();

    // When: both ids are too young to be sure of.
    Answer ofOther = ask(GLOBEX, mine, "");
    Answer ofUnknown = ask(GLOBEX, unknown, "");

    // Then
    ofUnknown.problem(503, "status-rebuilding");
    ofOther.problem(503, "status-rebuilding");
    assertThat(ask(ACME, mine, "").status()).isEqualTo(200);
  }

  private static Answer ask(ApiKey.Created key, String job, String action) throws Exception {
    String path = "/v1/jobs/" + job + action;
    return switch (action) {
      case "" -> get(key, path);
      case "/events" ->
          client.get(path, "Authorization", "Bearer " + key.text(), "Accept", "text/event-stream");
      default -> post(key, path, "{\"label\": \"delivery\"}");
    };
  }

  @Test
  void equalRequestsOfTwoTenantsAreDifferentContents() throws Exception {
    // Given
    List<String> ids =
        List.of(
            post(ACME, JOBS, text("equal")).json().path("id").asText(),
            post(GLOBEX, JOBS, text("equal")).json().path("id").asText());

    // When
    Map<String, InferenceCommand> commands = new HashMap<>();
    try (Consumer<byte[], byte[]> requests = stack.requests()) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                for (ConsumerRecord<byte[], byte[]> each : requests.poll(Duration.ofMillis(100))) {
                  InferenceCommand command = MessageCodec.COMMANDS.decode(each.value());
                  commands.put(command.getJobId(), command);
                }
                return commands.keySet().containsAll(ids);
              });
    }

    // Then: so neither the result cache nor a computation under way is shared.
    assertThat(ids.stream().map(commands::get).map(InferenceCommand::getTenant))
        .containsExactly("acme", "globex");
    assertThat(ids.stream().map(commands::get).map(InferenceCommand::getFingerprint))
        .doesNotHaveDuplicates();
  }

  @Test
  void keysComeAndGoWithoutARestart() throws Exception {
    // Given
    ApiKey.Created more = ApiKey.create("late", CLIENT, NOW, null);
    get(more, "/v1/models").problem(401, "unauthenticated");

    // When
    file.write(KEYS.with(more.key()));

    // Then
    await().untilAsserted(() -> assertThat(get(more, "/v1/models").status()).isEqualTo(200));

    // When
    double failures = counted("millrace_access_reload_failures_total");
    Files.writeString(file.path(), "keys: [");

    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(counted("millrace_access_reload_failures_total"))
                    .isGreaterThan(failures));
    assertThat(get(more, "/v1/models").status()).isEqualTo(200);

    // When
    file.write(KEYS);

    // Then
    await().untilAsserted(() -> assertThat(get(more, "/v1/models").status()).isEqualTo(401));
    assertThat(get(ACME, "/v1/models").status()).isEqualTo(200);
  }

  @Test
  void nothingOfAKeyIsLogged() throws Exception {
    // Given
    Queue<String> logged = new ConcurrentLinkedQueue<>();
    AbstractAppender appender =
        new AbstractAppender("keys", null, null, false, Property.EMPTY_ARRAY) {
          @Override
          public void append(LogEvent event) {
            logged.add(event.getMessage().getFormattedMessage() + event.getThrown());
          }
        };
    appender.start();
    Logger root = (Logger) LogManager.getRootLogger();
    root.addAppender(appender);
    try {
      // When
      post(ACME, JOBS, text("x"));
      post(ACME, JOBS, "{");
      get(EXPIRED, "/v1/models");
      client.get("/v1/models", "Authorization", "Bearer " + ACME.text() + "x");
      file.write(KEYS.with(ApiKey.create("logged", CLIENT, NOW, null).key()));
      await().until(() -> logged.toString().contains("The API keys were read again"));
    } finally {
      root.removeAppender(appender);
      file.write(KEYS);
    }

    // Then
    String secret = ACME.text().substring(16);
    assertThat(logged.toString())
        .doesNotContain(secret)
        .doesNotContain(EXPIRED.text().substring(16))
        .doesNotContain(ACME.key().toString());
  }
}
