package io.millrace.ingress;

import static io.millrace.ingress.ApiClient.JOBS;
import static io.millrace.ingress.ApiClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.ingress.ApiClient.Answer;
import io.millrace.ingress.access.AccessKeys;
import io.millrace.ingress.access.ApiKey;
import io.millrace.ingress.access.KeysFile;
import io.millrace.ingress.access.Quota;
import io.millrace.ingress.access.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers with one Redis hold tenants to their quotas. */
final class QuotaIT {

  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");
  private static final Set<Scope> ALL = EnumSet.allOf(Scope.class);

  private static final ApiKey.Created SMALL = ApiKey.create("small", ALL, NOW, null);
  private static final ApiKey.Created QUICK = ApiKey.create("quick", ALL, NOW, null);
  private static final ApiKey.Created ALONE = ApiKey.create("alone", ALL, NOW, null);
  private static final ApiKey.Created FREE = ApiKey.create("free", ALL, NOW, null);

  private static TestStack stack;
  private static List<IngressServer> servers;
  private static List<ApiClient> clients;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    stack = TestStack.start(directory.resolve("stack"));
    KeysFile file = new KeysFile(directory.resolve("keys.yaml"));
    file.write(
        new AccessKeys(
            List.of(SMALL.key(), QUICK.key(), ALONE.key(), FREE.key()),
            Map.of(
                // Nothing of it comes back while a test runs.
                "small", new Quota(0.001, 6),
                "quick", new Quota(2, 1),
                "alone", new Quota(0.001, 3))));
    Map<String, Object> settings =
        Map.of(
            "millrace.access.keys-file",
            file.path().toString(),
            "millrace.access.open-metrics",
            true,
            "millrace.redis.timeout",
            "500ms");
    servers = List.of(stack.server(settings), stack.server(settings));
    clients = servers.stream().map(server -> new ApiClient(server.uri())).toList();
    for (ApiClient client : clients) {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(client.get("/health/ready").status()).isEqualTo(200));
    }
  }

  @AfterAll
  static void stop() {
    servers.forEach(IngressServer::close);
    stack.close();
  }

  private static Answer submit(ApiClient client, ApiKey.Created key) throws Exception {
    return client.post(JOBS, text("never"), "X-API-Key", key.text());
  }

  @Test
  void serversShareATenantsQuota() throws Exception {
    // When: turn and turn about.
    for (int left = 5; left >= 0; left--) {
      Answer accepted = submit(clients.get(left % 2), SMALL);

      // Then
      assertThat(accepted.status()).as(accepted.response().body()).isEqualTo(202);
      assertThat(accepted.header("RateLimit-Policy")).isEqualTo("\"default\";q=6;w=6000");
      assertThat(accepted.header("RateLimit")).matches("\"default\";r=" + left + ";t=\\d+");
    }
    for (ApiClient client : clients) {
      Answer refused = submit(client, SMALL);
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.json().path("type").asText())
          .isEqualTo("urn:millrace:problem:quota-exceeded");
      assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 1_000);
      assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"default\";q=6;w=6000");
      assertThat(refused.header("RateLimit")).matches("\"default\";r=0;t=(5\\d{3}|6000)");
      assertThat(client.get("/metrics").response().body())
          .containsPattern("millrace_jobs_refused_total\\{reason=\"quota-exceeded\"\\} [1-9]");
    }
    assertThat(clients.get(0).get("/v1/models", "X-API-Key", SMALL.text()).status())
        .as("Reading costs nothing")
        .isEqualTo(200);
  }

  @Test
  void whoComesAgainWhenToldIsLetIn() throws Exception {
    // Given
    Answer refused = submit(clients.get(0), QUICK);
    while (refused.status() == 202) {
      refused = submit(clients.get(0), QUICK);
    }

    // Then
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(submit(clients.get(1), QUICK).status()).isEqualTo(202));
  }

  @Test
  void tenantWithoutAQuotaHasNoLimit() throws Exception {
    for (int i = 0; i < 10; i++) {
      // When
      Answer accepted = submit(clients.get(0), FREE);

      // Then
      assertThat(accepted.status()).isEqualTo(202);
      assertThat(accepted.response().headers().firstValue("RateLimit")).isEmpty();
      assertThat(accepted.response().headers().firstValue("RateLimit-Policy")).isEmpty();
    }
  }

  @Test
  void withoutRedisEachServerJudgesAlone() throws Exception {
    // Given
    ApiClient client = clients.get(0);
    double before = client.metric("millrace_quota_local_total");
    stack.stopRedis();
    try {
      // When // Then
      for (int i = 0; i < 3; i++) {
        assertThat(submit(client, ALONE).status()).isEqualTo(202);
      }
      assertThat(submit(client, ALONE).status()).isEqualTo(429);
      assertThat(client.metric("millrace_quota_local_total")).isEqualTo(before + 4);
    } finally {
      stack.startRedis();
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(submit(client, ALONE).status()).isEqualTo(202));
  }
}
