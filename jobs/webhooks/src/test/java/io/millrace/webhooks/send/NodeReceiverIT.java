package io.millrace.webhooks.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.testtools.TestTools;
import io.millrace.webhooks.TestDeliveries;
import io.millrace.webhooks.send.Receiver.Received;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receivers that verify with the npm package {@code standardwebhooks}. */
class NodeReceiverIT {

  private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String NEW = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
  private static final Path SCRIPT = Path.of("src/test/node/verify.js");

  @TempDir private Path directory;

  @Test
  void deliveriesAreVerifiedBeforeDuringAndAfterARotation() throws Exception {
    try (Receiver receiver = Receiver.start(Receiver.Answer.status(200))) {
      secrets(OLD);
      try (HttpSender sender = open()) {
        deliver(sender, receiver, "before");
        secrets(NEW, OLD);
        deliver(sender, receiver, "during");
        secrets(NEW);
        deliver(sender, receiver, "after");
      }
      assertThat(verify(OLD, receiver.received()))
          .containsExactly("verified", "verified", "refused");
      assertThat(verify(NEW, receiver.received()))
          .containsExactly("refused", "verified", "verified");
    }
  }

  @Test
  void aMessageThatWasChangedIsRefused() throws Exception {
    try (Receiver receiver = Receiver.start(Receiver.Answer.status(200))) {
      secrets(OLD);
      try (HttpSender sender = open()) {
        deliver(sender, receiver, "ä text that is not ASCII: 質問");
      }
      Received sent = receiver.received().get(0);
      assertThat(
              verify(
                  OLD,
                  List.of(
                      sent,
                      with(sent, "msg_other", sent.timestamp(), sent.body()),
                      with(sent, sent.id(), "1" + sent.timestamp(), sent.body()),
                      with(sent, sent.id(), sent.timestamp(), sent.body().replace("ä", "a")))))
          .containsExactly("verified", "refused", "refused", "refused");
    }
  }

  private static Received with(Received sent, String id, String timestamp, String body) {
    return new Received(sent.path(), id, timestamp, sent.signature(), sent.traceparent(), body);
  }

  private void secrets(String... newestFirst) throws Exception {
    Files.writeString(
        directory.resolve("secrets.yaml"),
        "tenants: {acme: [" + String.join(", ", newestFirst) + "]}");
  }

  private HttpSender open() {
    return HttpSender.open(
        new SenderOptions(Duration.ofMinutes(1), 1, 1, true),
        SecretsFile.open(directory.resolve("secrets.yaml"), Duration.ZERO, System::nanoTime),
        AddressPolicy.allowing("127.0.0.0/8"),
        InetAddress::getAllByName,
        Clock.systemUTC());
  }

  private static void deliver(HttpSender sender, Receiver receiver, String jobId) throws Exception {
    var delivery = TestDeliveries.delivery(receiver.url("/hook"), jobId);
    delivery.setWebhookId("msg_1");
    while (!sender.hasRoom()) {
      Thread.onSpinWait();
    }
    assertThat(sender.send(delivery).get(2, TimeUnit.MINUTES))
        .isEqualTo(new Outcome.Delivered(200));
  }

  private static List<String> verify(String secret, List<Received> requests) throws Exception {
    Process node =
        TestTools.node(SCRIPT, secret).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (OutputStream in = node.getOutputStream()) {
      in.write(new ObjectMapper().writeValueAsBytes(requests));
    }
    String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return Arrays.asList(output.split("\n"));
  }
}
