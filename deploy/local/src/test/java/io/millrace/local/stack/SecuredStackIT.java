package io.millrace.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.millrace.ingress.IngressServer;
import io.millrace.ingress.access.AccessKeys;
import io.millrace.ingress.access.ApiKey;
import io.millrace.ingress.access.KeysFile;
import io.millrace.ingress.access.Scope;
import io.millrace.local.audit.CommittedResults;
import io.millrace.local.audit.ResultAudit;
import io.millrace.local.client.OperatorClient;
import io.millrace.local.client.TrustedCertificates;
import io.millrace.local.deadletters.ReplayProducer;
import io.millrace.local.kafka.TopicReader;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.topics.TopicsCommand;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.schemas.Topic;
import io.millrace.security.Component;
import io.millrace.security.KafkaCluster;
import io.millrace.security.KafkaSecurity;
import io.millrace.testtools.CertificateAuthority.Issued;
import io.millrace.training.SampleModel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The whole product with everything on: each part is somebody of its own, with what the tables give
 * it and nothing more.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class SecuredStackIT {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final String MODEL = SampleModel.VERSION.model();
  private static final ApiKey.Created KEY =
      ApiKey.create(
          "acme", EnumSet.allOf(Scope.class), Instant.parse("2026-11-22T10:15:30Z"), null);

  private static final Shutdown SHUTDOWN = new Shutdown();

  private static SecuredServers servers;
  private static LogWatch denials;
  private static LogWatch passwords;
  private static IngressServer api;
  private static SSLContext trust;
  private static HttpClient http;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    denials = SHUTDOWN.add("denials", LogWatch.denials());
    passwords =
        SHUTDOWN.add(
            "passwords",
            LogWatch.of(
                Stream.of(Component.values())
                    .map(component -> SecuredServers.password(component.label()))
                    .toList()));
    servers = SHUTDOWN.add("servers", SecuredServers.start(directory.resolve("servers")));
    prepareKafka();
    Path repository = directory.resolve("models");
    SampleModel.installSmall(repository, SampleModel.VERSION);
    KafkaCluster operator = servers.kafka("operator");
    new Registrations(operator, Clock.systemUTC()).register(new LocalModelRepository(repository));
    new Deployments(operator, Clock.systemUTC()).deploy(List.of(SampleModel.VERSION), Map.of());
    FlinkCluster flink =
        SHUTDOWN.add(
            "Flink",
            FlinkCluster.start(
                0, JobSettings.SLOTS, Files.createDirectories(directory.resolve("tmp"))));
    FlinkJob inference =
        SHUTDOWN.add(
            "the inference job",
            JobStart.inference(
                flink,
                settings(directory, repository, "inference", JobSettings.INFERENCE_SLOTS),
                environment("MILLRACE_INFERENCE_", "inference-job")));
    FlinkJob webhooks =
        SHUTDOWN.add(
            "the webhooks job",
            JobStart.webhooks(
                flink,
                settings(directory, repository, "webhooks", JobSettings.WEBHOOKS_SLOTS),
                WebhookSecrets.install(directory.resolve("webhook-secrets.yaml")),
                environment("MILLRACE_WEBHOOKS_", "webhooks-job")));
    api = SHUTDOWN.add("the API", IngressServer.start(apiSettings(directory)));
    trust = TrustedCertificates.of(servers.authority());
    http = HttpClient.newBuilder().sslContext(trust).build();
    inference.awaitRunning(TIMEOUT, System::nanoTime);
    webhooks.awaitRunning(TIMEOUT, System::nanoTime);
    new HttpProbe(System::nanoTime)
        .await(flink.metrics(), new LoadedModels(List.of(SampleModel.VERSION))::allLoaded, TIMEOUT);
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> {
              assertThat(get("/health/ready", null).statusCode()).isEqualTo(200);
              assertThat(api.deploys(MODEL)).isTrue();
            });
  }

  /** With the commands that the documents tell of. */
  private static void prepareKafka() throws IOException {
    for (Component component : Component.values()) {
      topics(SecuredServers.ADMIN, "acls", "--component", component.label(), "--apply");
    }
    topics("operator", "create", "--replication-factor", "1");
  }

  private static void topics(String user, String... arguments) throws IOException {
    Terminal quiet =
        new Terminal(
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
            0,
            false);
    String[] broker = {
      "--bootstrap-servers",
      servers.bootstrapServers(),
      "--kafka-properties",
      servers.kafkaProperties(user).toString()
    };
    int code =
        TopicsCommand.commandLine(quiet)
            .execute(Stream.concat(Stream.of(arguments), Stream.of(broker)).toArray(String[]::new));
    assertThat(code).isZero();
  }

  private static JobSettings settings(
      Path directory, Path repository, String job, int parallelism) {
    return new JobSettings(
        servers.bootstrapServers(),
        servers.redisUri(),
        repository,
        directory.resolve("checkpoints-" + job),
        parallelism);
  }

  private static Map<String, String> environment(String prefix, String user) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put(prefix + "KAFKA_PROPERTIES_FILE", servers.kafkaProperties(user).toString());
    environment.put(prefix + "REDIS_USERNAME", user);
    environment.put(prefix + "REDIS_PASSWORD_FILE", servers.redisPassword(user).toString());
    environment.put(prefix + "REDIS_CA_CERTIFICATE", servers.authority().toString());
    environment.put(prefix + "CHECKPOINTS_INTERVAL", "500ms");
    if (prefix.contains("WEBHOOKS")) {
      environment.put(prefix + "ADDRESSES_ALLOWED_NETWORKS", "127.0.0.0/8");
      environment.put(prefix + "ADDRESSES_HTTP_ALLOWED", "true");
    }
    return environment;
  }

  private static Map<String, Object> apiSettings(Path directory) throws IOException {
    Issued certificate = servers.issue("ingress");
    KeysFile keys = new KeysFile(directory.resolve("keys.yaml"));
    keys.write(AccessKeys.NONE.with(KEY.key()));
    Map<String, Object> settings = new HashMap<>();
    settings.put("micronaut.server.port", 0);
    settings.put("millrace.kafka.bootstrap-servers", servers.bootstrapServers());
    settings.put(
        "millrace.kafka.properties-file", servers.kafkaProperties("ingress-api").toString());
    settings.put("millrace.redis.uri", servers.redisUri());
    settings.put("millrace.redis.username", "ingress-api");
    settings.put("millrace.redis.password-file", servers.redisPassword("ingress-api").toString());
    settings.put("millrace.redis.ca-certificate", servers.authority().toString());
    settings.put("millrace.tls.certificate", certificate.certificate().toString());
    settings.put("millrace.tls.key", certificate.key().toString());
    settings.put("millrace.access.keys-file", directory.resolve("keys.yaml").toString());
    settings.put("millrace.jobs.http-webhooks", true);
    return settings;
  }

  @AfterAll
  static void stop() {
    SHUTDOWN.close();
  }

  @Test
  @Order(1)
  void everyPartHasWhatItNeedsAndAsksForNothingMore() throws Exception {
    // Given
    HttpServer receiver = receiver();
    ResultAudit audit = new ResultAudit();
    try (CommittedResults results =
        CommittedResults.open(servers.kafka("consumer"), CommittedResults.From.NOW, audit)) {

      // When
      JsonNode job = json(post("Where is my parcel?", KEY.text(), url(receiver)), 200);

      // Then
      assertThat(job.path("status").asText()).isEqualTo("succeeded");
      String id = job.path("id").asText();
      assertThat(results.await(List.of(id), TIMEOUT)).isTrue();
      await()
          .atMost(TIMEOUT)
          .untilAsserted(
              () ->
                  assertThat(
                          json(get("/v1/jobs/" + id, KEY.text()), 200)
                              .at("/webhook/status")
                              .asText())
                      .isEqualTo("delivered"));
      assertThat(feedback(id, label(job))).isBetween(200, 299);
      deployAgain();
      operatorsCommandsWork();
      assertThat(denials.messages()).isEmpty();
      assertThat(redisDenials()).isEmpty();
      assertThat(passwords.messages()).isEmpty();
    } finally {
      receiver.stop(0);
    }
  }

  private static void deployAgain() throws Exception {
    OperatorClient operator = new OperatorClient(api.uri(), KEY.text(), trust);
    OperatorClient.Tagged deployment = operator.deployment(MODEL);
    ObjectNode changed = OperatorClient.editable(deployment);
    changed.put("cache_ttl_seconds", 60);
    assertThat(operator.deploy(MODEL, changed, deployment.tag()).body().path("revision").asInt())
        .isEqualTo(2);
  }

  /** What replays read and write, without a letter to replay. */
  private static void operatorsCommandsWork() throws IOException {
    KafkaCluster operator = servers.kafka("operator");
    for (Topic topic :
        List.of(
            Topic.REQUESTS,
            Topic.RESULTS,
            Topic.DEAD_LETTERS,
            Topic.WEBHOOK_DEAD_LETTERS,
            Topic.WEBHOOK_REPLAYS)) {
      try (TopicReader reader = new TopicReader(operator, topic.name())) {
        reader.read(null, record -> {});
      }
    }
    assertThat(new Deployments(operator, Clock.systemUTC()).read()).containsKey(MODEL);
  }

  private static List<Object> redisDenials() {
    return redis(SecuredServers.ADMIN).ask(redis -> List.copyOf(redis.aclLog()));
  }

  @ParameterizedTest
  @Order(2)
  @CsvSource({"none", "plain-text", "no-user", "wrong-password"})
  void whoProvesNothingCanNeitherProduceNorConsume(String who) throws Exception {
    RefusedClient client = new RefusedClient(stranger(who));

    assertThatThrownBy(() -> client.produce(Topic.REQUESTS.name()))
        .isInstanceOfAny(TimeoutException.class, SaslAuthenticationException.class);
    assertThatThrownBy(() -> client.consume(Topic.RESULTS.name()))
        .isInstanceOfAny(TimeoutException.class, SaslAuthenticationException.class);
  }

  private static KafkaCluster stranger(String who) throws IOException {
    return switch (who) {
      case "none" -> KafkaCluster.plain(servers.bootstrapServers());
      case "plain-text" ->
          changed("security.protocol=SASL_SSL", "security.protocol=SASL_PLAINTEXT");
      case "no-user" -> servers.kafka(servers.kafkaProperties("nobody", "nothing"));
      default -> servers.kafka(servers.kafkaProperties("producer", "guess"));
    };
  }

  private static KafkaCluster changed(String from, String to) throws IOException {
    Path file = servers.kafkaProperties("producer");
    Path other = file.resolveSibling("changed.properties");
    Files.writeString(other, Files.readString(file).replace(from, to));
    return new KafkaCluster(servers.bootstrapServers(), KafkaSecurity.of(other.toString()));
  }

  @ParameterizedTest
  @Order(2)
  @CsvSource({
    "ingress-api, inference.results, webhook.dead-letters",
    "inference-job, inference.requests, inference.results",
    "webhooks-job, inference.results, inference.requests",
    "producer, inference.results, inference.requests",
    "consumer, inference.requests, inference.requests"
  })
  void nobodyTouchesTheTopicsOfOthers(String who, String notWritten, String notRead)
      throws Exception {
    RefusedClient client = new RefusedClient(servers.kafka(who));

    assertThatThrownBy(() -> client.produce(notWritten))
        .isInstanceOf(TopicAuthorizationException.class);
    assertThatThrownBy(() -> client.consume(notRead))
        .isInstanceOf(TopicAuthorizationException.class);
  }

  @Test
  @Order(2)
  void aCommandSaysThatItIsRefused() throws Exception {
    try (TopicReader reader = new TopicReader(servers.kafka("producer"), Topic.RESULTS.name())) {
      assertThatThrownBy(() -> reader.read(null, record -> {}))
          .isInstanceOf(CommandFailedException.class)
          .hasMessageContaining("refuses")
          .hasMessageContaining(Topic.RESULTS.name());
    }
  }

  @Test
  @Order(2)
  void aProducerOfItsOwnMayWriteRequests() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = ReplayProducer.open(servers.kafka("producer"))) {
      assertThat(
              producer
                  .send(
                      new ProducerRecord<>(
                          Topic.REQUESTS.name(), "junk".getBytes(StandardCharsets.UTF_8)))
                  .get()
                  .hasOffset())
          .isTrue();
    }
    // What it wrote is no command: the job says so with its own rights.
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> {
              try (TopicReader letters =
                  new TopicReader(servers.kafka("operator"), Topic.DEAD_LETTERS.name())) {
                int[] read = {0};
                letters.read(null, record -> read[0]++);
                assertThat(read[0]).isPositive();
              }
            });
  }

  @Test
  @Order(2)
  void redisIsReadByItsUsersAloneAndByEachNoFurtherThanItsKeys() {
    String uri = servers.redisUri();
    Path authority = servers.authority();
    assertThatThrownBy(
            () ->
                new RedisVisitor(uri.replace("rediss", "redis"), authority, null, null)
                    .ask(redis -> redis.get("millrace:job:1")))
        .isInstanceOf(RedisException.class);
    assertThatThrownBy(
            () -> new RedisVisitor(uri, authority, null, null).ask(redis -> redis.get("k")))
        .hasStackTraceContaining("NOAUTH");
    assertThatThrownBy(
            () ->
                new RedisVisitor(uri, authority, "ingress-api", "guess")
                    .ask(redis -> redis.get("k")))
        .hasStackTraceContaining("WRONGPASS");
    String absent = redis("ingress-api").ask(redis -> redis.get("millrace:job:none"));
    assertThat(absent).isNull();
    assertNoPermission("ingress-api", "millrace:result:x");
    assertNoPermission("inference-job", "millrace:idempotency:x");
    assertNoPermission("webhooks-job", "millrace:job:x");
    assertNoPermission("probe", "millrace:job:x");
    assertThatThrownBy(() -> redis("ingress-api").ask(redis -> redis.flushall()))
        .isInstanceOf(RedisCommandExecutionException.class)
        .hasMessageContaining("NOPERM");
    assertThatThrownBy(() -> redis("inference-job").ask(redis -> redis.keys("*")))
        .isInstanceOf(RedisCommandExecutionException.class)
        .hasMessageContaining("NOPERM");
  }

  private static void assertNoPermission(String user, String key) {
    assertThatThrownBy(() -> redis(user).ask(redis -> redis.get(key)))
        .isInstanceOf(RedisCommandExecutionException.class)
        .hasMessageContaining("NOPERM");
  }

  private static RedisVisitor redis(String user) {
    return new RedisVisitor(
        servers.redisUri(), servers.authority(), user, SecuredServers.password(user));
  }

  @Test
  @Order(2)
  void theApiIsCalledByHttpsAndWithAKeyAlone() throws Exception {
    assertThat(post("no key", null, null).statusCode()).isEqualTo(401);
    assertThat(post("a wrong key", KEY.text() + "x", null).statusCode()).isEqualTo(401);
    assertThat(get("/v1/models", null).statusCode()).isEqualTo(401);
    assertThat(get("/metrics", null).statusCode()).isEqualTo(401);
    HttpRequest models = HttpRequest.newBuilder(api.uri().resolve("/v1/models")).build();
    assertThatThrownBy(() -> HttpClient.newHttpClient().send(models, BodyHandlers.ofString()))
        .isInstanceOf(SSLHandshakeException.class);
    HttpRequest plain =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.uri().getPort() + "/v1/models"))
            .header("Authorization", "Bearer " + KEY.text())
            .build();
    assertThatThrownBy(() -> HttpClient.newHttpClient().send(plain, BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);
  }

  @Test
  @Order(3)
  void aPermissionThatIsTakenAwayIsMissed() throws Exception {
    // Given
    AclBinding write =
        Component.INGRESS_API.bindings("User:ingress-api").stream()
            .filter(acl -> acl.pattern().name().equals(Topic.REQUESTS.name()))
            .filter(acl -> acl.entry().operation() == AclOperation.WRITE)
            .findFirst()
            .orElseThrow();
    try (Admin admin = Admin.create(servers.kafka(SecuredServers.ADMIN).client(Map.of()))) {

      // When
      admin.deleteAcls(List.of(write.toFilter())).all().get();

      // Then
      await()
          .atMost(TIMEOUT)
          .untilAsserted(
              () -> assertThat(post("refused", KEY.text(), null).statusCode()).isEqualTo(503));
      assertThat(denials.messages())
          .anySatisfy(
              denied -> assertThat(denied).contains("ingress-api").contains("inference.requests"));

      // When
      admin.createAcls(List.of(write)).all().get();

      // Then
      await()
          .atMost(TIMEOUT)
          .untilAsserted(
              () -> assertThat(post("allowed", KEY.text(), null).statusCode()).isEqualTo(200));
    }
  }

  private static HttpServer receiver() throws IOException {
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    return receiver;
  }

  private static String url(HttpServer receiver) {
    return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
  }

  private static int feedback(String job, String label) throws Exception {
    return send("/v1/jobs/" + job + "/feedback", KEY.text(), "{\"label\": \"%s\"}".formatted(label))
        .statusCode();
  }

  private static String label(JsonNode job) {
    for (JsonNode output : job.path("outputs")) {
      if (output.path("name").asText().equals("label")) {
        return output.at("/data/0").asText();
      }
    }
    throw new AssertionError("The job has no label: " + job);
  }

  private static HttpResponse<String> post(
      String text, @Nullable String key, @Nullable String webhook) throws Exception {
    String hook = webhook == null ? "" : ", \"webhook\": {\"url\": \"%s\"}".formatted(webhook);
    return send(
        "/v1/models/" + MODEL + "/jobs",
        key,
        """
        {"inputs": [{"name": "text", "datatype": "BYTES", "shape": [1], "data": ["%s"]}]%s}
        """
            .formatted(text, hook));
  }

  private static HttpResponse<String> send(String path, @Nullable String key, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(api.uri().resolve(path))
            .header("Content-Type", "application/json")
            .header("Prefer", "wait=30")
            .POST(BodyPublishers.ofString(body));
    return http.send(authorized(request, key), BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String path, @Nullable String key) throws Exception {
    return http.send(
        authorized(HttpRequest.newBuilder(api.uri().resolve(path)), key), BodyHandlers.ofString());
  }

  private static HttpRequest authorized(HttpRequest.Builder request, @Nullable String key) {
    return (key == null ? request : request.header("Authorization", "Bearer " + key)).build();
  }

  private static JsonNode json(HttpResponse<String> response, int status) throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return JsonMapper.builder().build().readTree(response.body());
  }
}
