package io.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.avro.Cancel;
import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Priority;
import io.millrace.schemas.avro.Submit;
import io.millrace.schemas.avro.Tensor;
import io.millrace.schemas.avro.Webhook;
import io.millrace.schemas.avro.WebhookEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that come as JSON. */
class JsonMessageTest {

  private static final Instant TIMESTAMP = Instant.parse("2026-02-03T04:05:06.789Z");
  private static final String JSON = "application/json";

  private static final String WHOLE =
      """
      {"job_id": "job-1", "tenant": "shop", "model": "support-desk",
       "created_at": "2026-01-31T13:00:00.1234+01:00",
       "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
       "command": {"submit": {
         "version": "1.0.0",
         "inputs": [
           {"name": "text", "datatype": "BYTES", "shape": [2], "data": ["hello", "Grüße"]},
           {"data": [[1, -2.5], [3e3, 0]], "shape": [2, 2], "datatype": "FP32", "name": "x"}],
         "parameters": {"b": true, "i": 7, "d": 0.5, "s": "text"},
         "outputs": ["label"], "priority": "high", "deadline": "2030-01-31T12:00:00Z",
         "allow_stale": true, "affinity": "customer-7",
         "webhook": {"url": "https://example.com/hook", "events": ["job.succeeded", "JOB_FAILED"]}
       }}}
      """;

  @Test
  void everyMemberIsRead() throws Exception {
    InferenceCommand expected =
        new InferenceCommand(
            "job-1",
            "shop",
            "support-desk",
            null,
            Instant.parse("2026-01-31T12:00:00.123Z"),
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            new Submit(
                "1.0.0",
                List.of(
                    Tensors.ofStrings("text", List.of("hello", "Grüße")),
                    Tensors.ofFloats("x", new long[] {2, 2}, new float[] {1, -2.5f, 3000, 0})),
                Map.of("b", true, "i", 7L, "d", 0.5, "s", "text"),
                List.of("label"),
                Priority.HIGH,
                Instant.parse("2030-01-31T12:00:00Z"),
                true,
                "customer-7",
                new Webhook(
                    "https://example.com/hook",
                    List.of(WebhookEvent.JOB_SUCCEEDED, WebhookEvent.JOB_FAILED))));

    assertThat(read(WHOLE)).isEqualTo(expected);
  }

  @Test
  void whatIsLeftOutHasItsDefaultAndTheRecordsTime() throws Exception {
    InferenceCommand command =
        read(
            """
            {"job_id": "job-1", "model": "support-desk", "command": {"submit": {"inputs": [
              {"name": "text", "datatype": "BYTES", "shape": [1], "data": ["hello"]}]}}}
            """);

    InferenceCommand expected = Commands.command("hello");
    expected.setCreatedAt(TIMESTAMP);
    assertThat(command).isEqualTo(expected);
    assertThat(MessageCodec.COMMANDS.decode(MessageCodec.COMMANDS.encode(command)))
        .isEqualTo(command);
  }

  @Test
  void aCancellationIsRead() throws Exception {
    InferenceCommand command =
        read(
            """
            {"job_id": "job-1", "model": "m", "fingerprint": "f", "command": {"cancel": {}}}""");

    assertThat(command.getCommand()).isEqualTo(new Cancel());
    assertThat(command.getFingerprint()).isEqualTo("f");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BOOL   | [true, false]
          UINT8  | [0, 255]
          UINT64 | [0, 18446744073709551615]
          INT64  | [-9223372036854775808, 9223372036854775807]
          FP64   | [-1e308, 5]
          BYTES  | ["", "x"]
          """)
  void everyDatatypeIsRead(Datatype datatype, String data) throws Exception {
    Tensor tensor = tensor(datatype, "[2]", data);

    Tensors.validate(tensor);
    assertThat(tensor.getDatatype()).isEqualTo(datatype);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INT8  | [2]     | [1, 128]            | /data/1: expected an integer from -128 to 127
          INT8  | [2]     | [1, 1.0]            | /data/1: expected an integer from -128 to 127
          UINT64| [1]     | [18446744073709551616] | /data/0: expected an integer from 0 to
          FP32  | [1]     | [1e39]              | /data/0: expected a number in the range of a 32
          FP64  | [1]     | [1e400]             | /data/0: expected a number in the range of a 64
          FP32  | [1]     | ["1"]               | /data/0: expected a number
          BOOL  | [1]     | [null]              | /data/0: expected true or false
          BYTES | [1]     | [["a"]]             | /data/0: expected a string of valid Unicode
          BYTES | [1]     | ["\\ud800"]         | /data/0: expected a string of valid Unicode
          BYTES | [1]     | "a"                 | /data: expected an array
          BYTES | [2]     | ["a"]               | /data: expected 2 items for shape [2], found 1
          INT8  | [2, 2]  | [1, 2, 3]           | /data: expected 4 items for shape [2, 2], found 3
          INT8  | [2, 2]  | [[1, 2], [3]]       | /data/1: expected 2 items for shape [2, 2]
          INT8  | [2, 2]  | [[1, 2], 3]         | /data/1: expected an array
          INT8  | [-1]    | [1]                 | /data: expected -1 items
          INT8  | [4294967296, 4294967296, 4294967296] | [] | found 0
          FP16  | [1]     | [1]                 | /data: FP16 has no form in JSON
          FP32  | 1       | [1]                 | /shape: expected an array, found number
          fp8   | [1]     | [1]                 | /datatype: expected one of BOOL, UINT8
          """)
  void aTensorThatDoesNotFitIsRefusedWithItsPlace(
      String datatype, String shape, String data, String message) {
    assertThatThrownBy(() -> read(withTensor(datatype, shape, data)))
        .isInstanceOf(DecodeException.class)
        .hasMessageStartingWith("/command/submit/inputs/0")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [1]                                 | the value: expected an object, found array
          null                                | the value: expected an object, found null
          {}                                  | /job_id: expected a value, found nothing
          {"job_id": 1}                       | /job_id: expected a string, found number
          {"job_id": "\\udc00"}               | /job_id: expected a string
          {"job_id": "j", "model": "m"}       | /command: expected a value, found nothing
          {"job_id": "j", "model": "m", "command": {}} | /command: expected {"submit": {...}} or
          {"job_id": "j", "model": "m", "command": {"stop": 1}} | /command: expected {"submit":
          {"job_id": "j", "model": "m", "command": {"submit": {}}} | /command/submit/inputs: expected a value
          {"job_id": "j", "model": "m", "created_at": 1, "command": 1} | /created_at: expected an RFC 3339
          {"job_id": "j", "model": "m", "created_at": "+999999999-01-01T00:00:00Z"} | /created_at: expected
          {"job_id": "j", "model": "m", "created_at": "2026-02-31T00:00:00Z"} | /created_at: expected an RFC
          {"job_id": "j", "model": "m", "command": {"cancel": {}}, "more/~": 1} | /more~1~0: unknown member, expected job_id, tenant
          {"job_id": "j", "model": "m", "command": {"submit": {"inputs": [], "parameters": {"a": []}}}} | /command/submit/parameters/a: expected a boolean, a number or
          {"job_id": "j", "model": "m", "command": {"submit": {"inputs": [], "parameters": {"a": 1e999}}}} | /command/submit/parameters/a: expected a boolean
          {"job_id": "j", "model": "m", "command": {"submit": {"inputs": [], "priority": "urgent"}}} | /priority: expected one of HIGH, NORMAL, LOW
          {"job_id": "j", "model": "m", "command": {"submit": {"inputs": [], "allow_stale": "yes"}}} | expected true or false, found string
          {"job_id": "j", "job_id": "j"}      | expected JSON, which it is not at line 1, column
          {"job_id": secret}                  | expected JSON, which it is not at line 1, column
          {} {}                               | expected JSON, which it is not at line 1, column
          {"job_id                            | expected JSON, which it is not at line 1, column
          """)
  void whatIsNoCommandIsRefusedWithItsPlace(String json, String message) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            DecodeException.class,
            e -> assertThat(e.reason()).isEqualTo(DecodeException.Reason.MALFORMED))
        .hasMessageContaining(message)
        .message()
        .doesNotContain("secret");
  }

  @Test
  void sizeAndDepthAreBounded() {
    assertThatThrownBy(() -> read("[".repeat(100_000)))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("nests less deep");
    assertThatThrownBy(() -> read(" ".repeat(1024 * 1024 + 1)))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("at most 1048576 bytes of JSON, found 1048577");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json;charset=utf-8",
        "Application/JSON ; charset=\"UTF-8\"; version=1"
      })
  void jsonIsKnownByItsHeader(String contentType) throws Exception {
    assertThat(read(WHOLE, contentType).getJobId()).isEqualTo("job-1");
  }

  @Test
  void anotherCharsetIsRefused() {
    assertThatThrownBy(() -> read(WHOLE, "application/json; charset=utf-16"))
        .isInstanceOfSatisfying(
            DecodeException.class,
            e -> assertThat(e.reason()).isEqualTo(DecodeException.Reason.UNKNOWN_ENCODING))
        .hasMessageContaining("expected charset=utf-8");
  }

  @Test
  void withoutTheHeaderTheMessageSaysWhatIsMissing() {
    assertThatThrownBy(() -> read(WHOLE, null))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("content-type: application/json");
    assertThatThrownBy(() -> read("", JSON))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("no bytes");
  }

  @Test
  void singleObjectRecordsAreReadUnderAnyOtherHeader() throws Exception {
    byte[] value = MessageCodec.COMMANDS.encode(Commands.command("hello"));

    for (String type : new String[] {null, "application/octet-stream", "avro/binary"}) {
      assertThat(MessageCodec.COMMANDS.decode(value, bytes(type), TIMESTAMP))
          .isEqualTo(Commands.command("hello"));
    }
  }

  @Test
  void damagedJsonIsRefusedAndNothingElse() {
    byte[] whole = WHOLE.getBytes(StandardCharsets.UTF_8);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = whole.clone();
      for (int hits = random.nextInt(4); hits >= 0; hits--) {
        damaged[random.nextInt(damaged.length)] =
            random.nextBoolean()
                ? (byte) random.nextInt()
                : (byte) "{}[]\":,0-e.\\".charAt(random.nextInt(12));
      }
      try {
        MessageCodec.COMMANDS.decode(damaged, bytes(JSON), TIMESTAMP);
      } catch (DecodeException e) {
        assertThat(e.reason()).isEqualTo(DecodeException.Reason.MALFORMED);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", round " + i, e);
      }
    }
  }

  private static Tensor tensor(Datatype datatype, String shape, String data) throws Exception {
    Submit submit = (Submit) read(withTensor(datatype.name(), shape, data)).getCommand();
    return submit.getInputs().get(0);
  }

  private static String withTensor(String datatype, String shape, String data) {
    return """
        {"job_id": "job-1", "model": "m", "command": {"submit": {"inputs": [
          {"name": "x", "datatype": "%s", "shape": %s, "data": %s}]}}}
        """
        .formatted(datatype, shape, data);
  }

  private static InferenceCommand read(String json) throws DecodeException {
    return read(json, JSON);
  }

  private static InferenceCommand read(String json, @Nullable String contentType)
      throws DecodeException {
    return MessageCodec.COMMANDS.decode(
        json.getBytes(StandardCharsets.UTF_8), bytes(contentType), TIMESTAMP);
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
