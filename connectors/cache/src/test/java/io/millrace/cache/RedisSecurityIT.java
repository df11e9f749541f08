package io.millrace.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.KillArgs;
import io.millrace.embedded.EmbeddedRedis;
import io.millrace.embedded.RedisAccess;
import io.millrace.embedded.ServerCertificate;
import io.millrace.testtools.CertificateAuthority;
import io.millrace.testtools.CertificateAuthority.Issued;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that speaks TLS alone and knows one user. */
class RedisSecurityIT {

  private static final String NONE = RedisSecurity.NONE;

  private static Path directory;
  private static CertificateAuthority authority;
  private static EmbeddedRedis redis;

  @BeforeAll
  static void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    authority = CertificateAuthority.create(directory, "authority");
    redis = start("redis", authority.issue("redis"));
  }

  private static EmbeddedRedis start(String name, Issued certificate) throws Exception {
    Path users =
        Files.writeString(
            directory.resolve(name + ".acl"),
            "user default off -@all\nuser job on >first ~* &* +@all\n");
    return EmbeddedRedis.startSecured(
        directory.resolve(name),
        0,
        new RedisAccess(
            new ServerCertificate(
                authority.certificate(), certificate.certificate(), certificate.key()),
            users));
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @Test
  void aPasswordThatChangesIsReadForTheNextConnection() throws Exception {
    // Given
    Path password = Files.writeString(directory.resolve("password"), "first\n");
    try (RedisConnections connections =
        new RedisConnections(config(redis, security(password, NONE, NONE)))) {
      assertThat(ping(connections)).isEqualTo("PONG");

      // When
      Files.writeString(password, "second\n");
      var unused =
          connections
              .run(
                  "change the password",
                  commands ->
                      commands.aclSetuser(
                          "job",
                          AclSetuserArgs.Builder.removePassword("first").addPassword("second")))
              .get(10, TimeUnit.SECONDS);
      var killed =
          connections.run(
              "end all connections",
              commands -> commands.clientKill(KillArgs.Builder.typeNormal()));

      // Then
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(ping(connections)).isEqualTo("PONG"));
      assertThat(killed).isDone();
    } finally {
      Files.writeString(password, "first\n");
    }
  }

  @Test
  void aCertificateForAnotherHostIsNotBelieved() throws Exception {
    Path password = Files.writeString(directory.resolve("other-password"), "first");
    try (EmbeddedRedis impostor =
            start("impostor", authority.issueForHost("impostor", "redis.example.com"));
        RedisConnections connections =
            new RedisConnections(config(impostor, security(password, NONE, NONE)))) {

      assertThatThrownBy(() -> ping(connections))
          .hasCauseInstanceOf(CacheUnavailableException.class)
          .hasStackTraceContaining("subject alternative");
    }
  }

  @Test
  void aClientMayHaveACertificateToo() throws Exception {
    Path password = Files.writeString(directory.resolve("third-password"), "unknown");
    Issued own = authority.issue("client");
    try (RedisConnections connections =
        new RedisConnections(
            config(
                redis, security(password, own.certificate().toString(), own.key().toString())))) {

      // The handshake went well, so that Redis came to look at the password.
      assertThatThrownBy(() -> ping(connections)).hasStackTraceContaining("WRONGPASS");
    }
  }

  @Test
  void halfOfAPairIsRefused() throws Exception {
    Path password = Files.writeString(directory.resolve("fourth-password"), "first");

    assertThatThrownBy(() -> security(password, authority.certificate().toString(), NONE))
        .hasMessage("certificate-key: expected together with certificate, or both to be none");
    assertThatThrownBy(() -> new RedisSecurity("job", NONE, NONE, NONE, NONE))
        .hasMessage("password-file: expected the file with the password of job, found none");
    assertThatThrownBy(() -> RedisConfig.of("redis://127.0.0.1", security(password, NONE, NONE)))
        .hasMessage("ca-certificate: expected together with a URI that begins with rediss://");
    assertThatThrownBy(() -> RedisConfig.of("rediss://127.0.0.1?verifyPeer=NONE"))
        .hasMessage("The Redis URI must not turn off verifyPeer");
  }

  private static RedisSecurity security(Path password, String certificate, String key) {
    return new RedisSecurity(
        "job", password.toString(), authority.certificate().toString(), certificate, key);
  }

  private static RedisConfig config(EmbeddedRedis server, RedisSecurity security) {
    return new RedisConfig(server.uri(), Duration.ofSeconds(10), Duration.ofSeconds(10), security);
  }

  private static String ping(RedisConnections connections) throws Exception {
    return connections.run("ask", commands -> commands.ping()).get(20, TimeUnit.SECONDS);
  }
}
