package io.millrace.inference.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.Commands;
import io.millrace.jobs.decode.Decoded;
import io.millrace.kafka.ReceivedRecord;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Traceparent;
import io.millrace.schemas.avro.DeadLetter;
import io.millrace.schemas.avro.DeadLetterReason;
import io.millrace.schemas.avro.InferenceCommand;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommandDecoderTest {

  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final String OTHER_TRACE =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

  private final CommandDecoder decoder = new CommandDecoder();

  @Test
  void aCommandWithoutFingerprintGetsIt() {
    InferenceCommand sent = Commands.command("job-1", "hello");
    String fingerprint = sent.getFingerprint();
    sent.setFingerprint(null);

    assertThat(understood(MessageCodec.COMMANDS.encode(sent)).getFingerprint())
        .isEqualTo(fingerprint);
  }

  @Test
  void aCommandWithAnotherContentsFingerprintIsRefused() {
    InferenceCommand sent = Commands.command("job-1", "hello");
    sent.setFingerprint(Commands.command("job-1", "another text").getFingerprint());

    assertThat(refused(MessageCodec.COMMANDS.encode(sent)).getReason())
        .isEqualTo(DeadLetterReason.FINGERPRINT_MISMATCH);
  }

  @Test
  void aCancellationNeedsTheFingerprintOfItsJob() {
    InferenceCommand sent = Commands.cancellation("job-1", "hello");
    assertThat(understood(MessageCodec.COMMANDS.encode(sent))).isEqualTo(sent);

    sent.setFingerprint(null);
    DeadLetter refused = refused(MessageCodec.COMMANDS.encode(sent));
    assertThat(refused.getReason()).isEqualTo(DeadLetterReason.INVALID_COMMAND);
    assertThat(refused.getDetail())
        .isEqualTo("fingerprint: expected the one of the submission that is cancelled");
  }

  @Test
  void aCommandWithoutAnIdIsRefused() {
    DeadLetter refused = refused(MessageCodec.COMMANDS.encode(Commands.command(" ", "hello")));

    assertThat(refused.getReason()).isEqualTo(DeadLetterReason.INVALID_COMMAND);
    assertThat(refused.getDetail()).isEqualTo("job_id: expected 1 to 200 characters");
  }

  @Test
  void aRecordThatIsNoCommandIsKeptWithEverythingItCameWith() {
    byte[] value = "not avro".getBytes(StandardCharsets.UTF_8);

    DeadLetter letter = refused(value);

    assertThat(letter.getReason()).isEqualTo(DeadLetterReason.UNKNOWN_ENCODING);
    assertThat(letter.getDetail()).contains("expected Avro's single-object encoding");
    assertThat(letter.getTopic()).isEqualTo("inference.requests");
    assertThat(letter.getPartition()).isEqualTo(3);
    assertThat(letter.getOffset()).isEqualTo(42);
    assertThat(letter.getRecordTimestamp()).isEqualTo(Instant.ofEpochMilli(1_000));
    assertThat(letter.getRejectedAt()).isEqualTo(NOW);
    assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(new byte[] {1}));
    assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(value));
    assertThat(letter.getHeaders()).hasSize(2);
    assertThat(letter.getHeaders().get(0).getKey()).isEqualTo("traceparent");
    assertThat(letter.getHeaders().get(1).getValue()).isNull();
  }

  @Test
  void jsonIsReadUnderItsHeader() {
    String json =
        """
        {"job_id": "job-1", "model": "support-desk", "command": {"submit": {"inputs": [
          {"name": "text", "datatype": "BYTES", "shape": [1], "data": ["hello"]}]}}}
        """;

    InferenceCommand command = understood(json(json));

    assertThat(command.getFingerprint())
        .isEqualTo(Commands.command("job-1", "hello").getFingerprint());
    assertThat(command.getCreatedAt()).isEqualTo(Instant.ofEpochMilli(1_000));
  }

  @Test
  void jsonThatIsNoCommandIsRefusedWithItsPlace() {
    DeadLetter refused =
        ((Decoded.Refused<InferenceCommand>) decoder.decode(json("{\"job_id\": 7}"), NOW))
            .deadLetter();

    assertThat(refused.getReason()).isEqualTo(DeadLetterReason.MALFORMED);
    assertThat(refused.getDetail()).isEqualTo("/job_id: expected a string, found number");
  }

  @Test
  void aTombstoneIsRefusedAsEmpty() {
    assertThat(refused(null).getReason()).isEqualTo(DeadLetterReason.EMPTY_VALUE);
  }

  @Test
  void theRecordsTraceIsTheCommandsWhenThatNamesNone() {
    InferenceCommand sent = Commands.command("job-1", "hello");

    assertThat(traced(sent, header("x"), header(TRACE)).getTraceparent()).isEqualTo(TRACE);
    assertThat(traced(sent, header(TRACE), header("x")).getTraceparent()).isNull();
    assertThat(traced(sent).getTraceparent()).isNull();

    sent.setTraceparent(OTHER_TRACE);
    assertThat(traced(sent, header(TRACE)).getTraceparent()).isEqualTo(OTHER_TRACE);
  }

  @Test
  void aTraceThatIsNotValidIsDropped() {
    InferenceCommand sent = Commands.command("job-1", "hello");
    sent.setTraceparent("00-" + "0".repeat(32) + "-b7ad6b7169203331-01");

    assertThat(traced(sent, header(TRACE)).getTraceparent()).isNull();
  }

  private static ReceivedRecord.Header header(String traceparent) {
    return new ReceivedRecord.Header(
        Traceparent.HEADER, traceparent.getBytes(StandardCharsets.UTF_8));
  }

  private InferenceCommand traced(InferenceCommand sent, ReceivedRecord.Header... headers) {
    return understood(
        new ReceivedRecord(
            "inference.requests",
            3,
            42,
            1_000,
            null,
            MessageCodec.COMMANDS.encode(sent),
            List.of(headers)));
  }

  private InferenceCommand understood(byte[] value) {
    return understood(received(value));
  }

  private InferenceCommand understood(ReceivedRecord received) {
    Decoded<InferenceCommand> decoded = decoder.decode(received, NOW);
    assertThat(decoded).isInstanceOf(Decoded.Understood.class);
    return ((Decoded.Understood<InferenceCommand>) decoded).value();
  }

  private DeadLetter refused(byte @Nullable [] value) {
    Decoded<InferenceCommand> decoded = decoder.decode(received(value), NOW);
    assertThat(decoded).isInstanceOf(Decoded.Refused.class);
    return ((Decoded.Refused<InferenceCommand>) decoded).deadLetter();
  }

  private static ReceivedRecord json(String json) {
    return new ReceivedRecord(
        "inference.requests",
        3,
        42,
        1_000,
        null,
        json.getBytes(StandardCharsets.UTF_8),
        List.of(
            new ReceivedRecord.Header("content-type", new byte[0]),
            new ReceivedRecord.Header(
                "content-type", "application/json".getBytes(StandardCharsets.UTF_8))));
  }

  private static ReceivedRecord received(byte @Nullable [] value) {
    return new ReceivedRecord(
        "inference.requests",
        3,
        42,
        1_000,
        new byte[] {1},
        value,
        List.of(
            new ReceivedRecord.Header("traceparent", new byte[] {2}),
            new ReceivedRecord.Header("empty", null)));
  }
}
