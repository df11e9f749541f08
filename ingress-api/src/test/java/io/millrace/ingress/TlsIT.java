package io.millrace.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.testtools.CertificateAuthority;
import io.millrace.testtools.CertificateAuthority.Issued;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS. Neither Kafka nor Redis is there, and neither is needed for it. */
final class TlsIT {

  private static CertificateAuthority authority;
  private static Path certificate;
  private static Path key;
  private static IngressServer server;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    authority = CertificateAuthority.create(directory, "authority");
    Issued issued = authority.issue("first");
    certificate = Files.copy(issued.certificate(), directory.resolve("server.crt"));
    key = Files.copy(issued.key(), directory.resolve("server.key"));
    server =
        IngressServer.start(
            settings(
                Map.of(
                    "millrace.tls.certificate", certificate.toString(),
                    "millrace.tls.key", key.toString(),
                    "millrace.tls.reload-interval", "1s")));
  }

  private static Map<String, Object> settings(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("micronaut.server.port", 0);
    settings.put("millrace.kafka.bootstrap-servers", "127.0.0.1:1");
    settings.put("millrace.redis.uri", "redis://127.0.0.1:1");
    return settings;
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whoTrustsTheAuthorityIsAnsweredAndToldToComeByHttpsAlone() throws Exception {
    HttpResponse<String> live = get(trusting(), "/health/live");

    assertThat(server.uri().getScheme()).isEqualTo("https");
    assertThat(live.statusCode()).isEqualTo(200);
    assertThat(live.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
    assertThat(get(trusting(), "/nowhere").headers().firstValue("Strict-Transport-Security"))
        .isPresent();
  }

  @Test
  void answersAreKeptByNoCacheOnTheWay() throws Exception {
    HttpResponse<String> job = get(trusting(), "/v1/jobs/none");

    assertThat(job.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(job.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
  }

  @Test
  void plainTextAndStrangersAreRefused() {
    assertThatThrownBy(() -> get(SSLContext.getDefault(), "/health/live"))
        .isInstanceOf(SSLHandshakeException.class);
    URI plain = URI.create("http://127.0.0.1:" + server.uri().getPort() + "/health/live");
    assertThatThrownBy(
            () ->
                HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(plain).build(), BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aNewCertificateIsTakenUpWithoutARestart() throws Exception {
    // Given
    Issued renewed = authority.issue("second");

    // When
    Files.copy(renewed.key(), key, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(renewed.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);

    // Then
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(subject()).isEqualTo("CN=second"));
  }

  @Test
  void aCertificateWithoutItsKeyAndAMissingFileAreRefusedByTheirKey() {
    assertThatThrownBy(
            () ->
                IngressServer.start(
                    settings(Map.of("millrace.tls.certificate", certificate.toString()))))
        .hasMessageContaining("millrace.tls.key: expected a file");
    assertThatThrownBy(
            () ->
                IngressServer.start(
                    settings(
                        Map.of(
                            "millrace.tls.certificate",
                            "/nowhere.crt",
                            "millrace.tls.key",
                            key.toString()))))
        .hasMessageContaining("millrace.tls.certificate: cannot read the file /nowhere.crt");
    assertThatThrownBy(
            () ->
                IngressServer.start(
                    settings(Map.of("millrace.kafka.properties-file", "/nowhere.properties"))))
        .hasMessageContaining("millrace.kafka.properties-file: cannot read the properties file");
    assertThatThrownBy(
            () -> IngressServer.start(settings(Map.of("millrace.redis.password-file", "/nowhere"))))
        .hasMessageContaining("millrace.redis.password-file: cannot read the file /nowhere");
  }

  private static String subject() throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            trusting().getSocketFactory().createSocket("127.0.0.1", server.uri().getPort())) {
      socket.startHandshake();
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
          .getSubjectX500Principal()
          .getName();
    }
  }

  private static HttpResponse<String> get(SSLContext context, String path) throws Exception {
    return HttpClient.newBuilder()
        .sslContext(context)
        .build()
        .send(HttpRequest.newBuilder(server.uri().resolve(path)).build(), BodyHandlers.ofString());
  }

  private static SSLContext trusting() throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(authority.certificate())) {
      Certificate own = CertificateFactory.getInstance("X.509").generateCertificate(in);
      trusted.setCertificateEntry("ca", own);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
