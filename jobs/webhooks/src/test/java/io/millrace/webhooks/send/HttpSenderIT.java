package io.millrace.webhooks.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.schemas.avro.WebhookDeadLetterReason;
import io.millrace.schemas.avro.WebhookDelivery;
import io.millrace.webhooks.TestDeliveries;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSenderIT {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private final CountDownLatch end = new CountDownLatch(1);
  private @Nullable HttpSender sender;

  @BeforeEach
  void writeSecrets() throws IOException {
    Files.writeString(directory.resolve("secrets.yaml"), "tenants: {acme: [" + SECRET + "]}");
  }

  @AfterEach
  void close() {
    end.countDown();
    if (sender != null) {
      sender.close();
    }
  }

  @Test
  void theRequestIsTheOneOfTheStandard() throws Exception {
    try (Receiver receiver = Receiver.start(Receiver.Answer.status(204))) {
      WebhookDelivery delivery = TestDeliveries.delivery(receiver.url("/hook?a=b"), "1");
      delivery.setTraceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

      assertThat(send(delivery)).isEqualTo(new Outcome.Delivered(204));

      Receiver.Received received = receiver.received().get(0);
      assertThat(received.path()).isEqualTo("/hook?a=b");
      assertThat(received.id()).isEqualTo("msg_1");
      assertThat(received.traceparent()).isEqualTo(delivery.getTraceparent());
      String expected =
          Signer.of(List.of(SECRET))
              .sign(
                  received.id(),
                  java.time.Instant.ofEpochSecond(Long.parseLong(received.timestamp())),
                  received.body());
      assertThat(received.signature()).isEqualTo(expected);
      assertThat(received.body()).startsWith("{\"type\":\"job.succeeded\"");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 307, 308, 400, 404, 500, 503})
  void whatIsNo2xxHasFailedAndNoRedirectIsFollowed(int status) throws Exception {
    try (Receiver receiver =
        Receiver.start(
            exchange -> {
              exchange.getResponseHeaders().set("Location", "/elsewhere");
              exchange.getResponseHeaders().set("Retry-After", "7");
              exchange.sendResponseHeaders(status, -1);
            })) {
      assertThat(send(TestDeliveries.delivery(receiver.url("/hook"), "1")))
          .isEqualTo(new Outcome.Failed(status, "status " + status, Duration.ofSeconds(7)));
      assertThat(receiver.received()).hasSize(1);
    }
  }

  @Test
  void goneIsGone() throws Exception {
    try (Receiver receiver = Receiver.start(Receiver.Answer.status(410))) {
      assertThat(send(TestDeliveries.delivery(receiver.url("/"), "1")))
          .isEqualTo(new Outcome.Gone(410));
    }
  }

  @Test
  void anAnswerWithoutEndIsNotRead() throws Exception {
    try (Receiver receiver =
        Receiver.start(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              byte[] part = new byte[8_192];
              while (end.getCount() > 0) {
                exchange.getResponseBody().write(part);
              }
            })) {
      assertThat(send(TestDeliveries.delivery(receiver.url("/"), "1")))
          .isEqualTo(new Outcome.Delivered(200));
      // The connection is cut, so the place is free again.
      await().atMost(TIMEOUT).until(() -> sender().hasRoom());
    }
  }

  @Test
  void aReceiverThatIsNotThereRefusesTheConnection() throws Exception {
    String url;
    try (Receiver receiver = Receiver.start(Receiver.Answer.status(204))) {
      url = receiver.url("/");
    }
    assertThat(send(TestDeliveries.delivery(url, "1")))
        .isEqualTo(new Outcome.Failed(null, "the connection was refused", null));
  }

  @Test
  void aReceiverThatDoesNotAnswerTimesOut() throws Exception {
    try (Receiver receiver = Receiver.start(exchange -> end.await())) {
      sender = open(Duration.ofMillis(300), 1, "127.0.0.0/8", InetAddress::getAllByName);
      assertThat(send(TestDeliveries.delivery(receiver.url("/"), "1")))
          .isEqualTo(new Outcome.Failed(null, "no answer in 300 ms", null));
      await().atMost(TIMEOUT).until(() -> sender().hasRoom());
    }
  }

  @Test
  void aLookUpThatHangsTimesOut() throws Exception {
    sender =
        open(
            Duration.ofMillis(300),
            4,
            "127.0.0.0/8",
            host -> {
              try {
                end.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return InetAddress.getAllByName("127.0.0.1");
            });
    assertThat(send(TestDeliveries.delivery("http://slow-dns.test/", "1")))
        .isEqualTo(new Outcome.Failed(null, "no answer in 300 ms", null));
  }

  @Test
  void aClosedPortHasFailed() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThat(send(TestDeliveries.delivery("http://127.0.0.1:" + port + "/", "1")))
        .isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void aHostThatIsNotKnownHasFailed() throws Exception {
    sender =
        open(
            TIMEOUT,
            1,
            "",
            host -> {
              throw new java.net.UnknownHostException(host);
            });
    assertThat(send(TestDeliveries.delivery("http://nowhere.test/", "1")))
        .isEqualTo(new Outcome.Failed(null, "the host is not known", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d/",
        "http://localhost:%d/",
        "http://127.1:%d/",
        "http://2130706433:%d/"
      })
  void theLoopbackInterfaceIsNotCalled(String url) throws Exception {
    try (Receiver receiver = Receiver.start(Receiver.Answer.status(200))) {
      sender = open(TIMEOUT, 1, "", InetAddress::getAllByName);
      Outcome outcome = send(TestDeliveries.delivery(url.formatted(receiver.port()), "1"));

      assertThat(receiver.received()).isEmpty();
      assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    }
  }

  @Test
  void theAddressThatWasCheckedIsTheOneThatIsCalled() throws Exception {
    AtomicInteger lookUps = new AtomicInteger();
    try (Receiver receiver = Receiver.start(Receiver.Answer.status(200))) {
      // The first answer may be called, every later one may not.
      sender =
          open(
              TIMEOUT,
              1,
              "127.0.0.1/32",
              host ->
                  InetAddress.getAllByName(
                      lookUps.incrementAndGet() == 1 ? "127.0.0.1" : "127.0.0.2"));
      String url = "http://rebinding.test:%d/".formatted(receiver.port());

      assertThat(send(TestDeliveries.delivery(url, "1"))).isEqualTo(new Outcome.Delivered(200));
      assertThat(lookUps).hasValue(1);
      assertThat(receiver.received()).hasSize(1);
    }
  }

  @Test
  void aNameThatIsBoundToAPrivateAddressLaterIsRefusedThen() throws Exception {
    AtomicInteger lookUps = new AtomicInteger();
    try (Receiver receiver =
        Receiver.start(
            exchange -> {
              exchange.getResponseHeaders().set("Connection", "close");
              exchange.sendResponseHeaders(200, -1);
            })) {
      sender =
          open(
              TIMEOUT,
              1,
              "127.0.0.1/32",
              host ->
                  InetAddress.getAllByName(
                      lookUps.incrementAndGet() == 1 ? "127.0.0.1" : "127.0.0.2"));
      String url = "http://rebinding.test:%d/".formatted(receiver.port());
      send(TestDeliveries.delivery(url, "1"));
      await().atMost(TIMEOUT).until(() -> sender().hasRoom());

      assertThat(send(TestDeliveries.delivery(url, "2"))).isInstanceOf(Outcome.Refused.class);
      assertThat(receiver.received()).hasSize(1);
    }
  }

  @Test
  void withoutASecretNothingIsSent() throws Exception {
    try (Receiver receiver = Receiver.start(Receiver.Answer.status(200))) {
      WebhookDelivery delivery = TestDeliveries.delivery(receiver.url("/"), "1");
      delivery.setTenant("nobody");

      assertThat(send(delivery))
          .isEqualTo(
              new Outcome.Refused(
                  WebhookDeadLetterReason.NO_SECRET,
                  "the secrets file has no secret of tenant 'nobody'"));
      assertThat(receiver.received()).isEmpty();
    }
  }

  @Test
  void aUrlOfAnotherFormIsNotCalled() throws Exception {
    assertThat(send(TestDeliveries.delivery("ftp://example.com/", "1")))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(WebhookDeadLetterReason.INVALID_URL));
  }

  private Outcome send(WebhookDelivery delivery) throws Exception {
    if (sender == null) {
      sender = open(TIMEOUT, 1, "127.0.0.0/8", InetAddress::getAllByName);
    }
    return sender.send(delivery).get(TIMEOUT.toSeconds() + 30, TimeUnit.SECONDS);
  }

  private HttpSender sender() {
    return java.util.Objects.requireNonNull(sender);
  }

  private HttpSender open(
      Duration timeout, int maxInFlight, String allowed, CheckedResolver.Lookup lookup) {
    return HttpSender.open(
        new SenderOptions(timeout, maxInFlight, 4, true),
        SecretsFile.open(directory.resolve("secrets.yaml"), Duration.ZERO, System::nanoTime),
        AddressPolicy.allowing(allowed),
        lookup,
        Clock.systemUTC());
  }
}
