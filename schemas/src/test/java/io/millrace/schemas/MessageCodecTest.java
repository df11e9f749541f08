package io.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.avro.Cancel;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.ModelMetadata;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.Priority;
import io.millrace.schemas.avro.ResultStatus;
import io.millrace.schemas.avro.Submit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class MessageCodecTest {

  @Test
  void aMessageIsReadAsItWasWritten() throws Exception {
    InferenceCommand command = Commands.command("wheres my parcel");

    assertThat(MessageCodec.COMMANDS.decode(MessageCodec.COMMANDS.encode(command)))
        .isEqualTo(command);
  }

  @Test
  void aCommandOfTheFirstSchemaIsReadWithTheDefaultsOfToday() throws Exception {
    InferenceCommand command = MessageCodec.COMMANDS.decode(resource("inference-command-1.avro"));

    assertThat(command.getJobId()).isEqualTo("job-1");
    assertThat(command.getCreatedAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(command.getCommand()).isInstanceOf(Submit.class);
    Submit submit = (Submit) command.getCommand();
    assertThat(Tensors.strings(submit.getInputs().get(0))).containsExactly("where is my order");
    assertThat(submit.getVersion()).isNull();
    assertThat(submit.getOutputs()).isEmpty();
  }

  @Test
  void aCommandOfTheSecondSchemaIsReadWithTheDefaultsOfToday() throws Exception {
    InferenceCommand command = MessageCodec.COMMANDS.decode(resource("inference-command-2.avro"));

    Submit submit = (Submit) command.getCommand();
    assertThat(submit.getVersion()).isEqualTo("1.0.0");
    assertThat(submit.getOutputs()).containsExactly("label");
    assertThat(submit.getPriority()).isEqualTo(Priority.NORMAL);
    assertThat(submit.getDeadline()).isNull();
    assertThat(submit.getAllowStale()).isFalse();
  }

  @Test
  void aCommandOfTheThirdSchemaIsReadWithTheDefaultsOfToday() throws Exception {
    InferenceCommand command = MessageCodec.COMMANDS.decode(resource("inference-command-3.avro"));

    Submit submit = (Submit) command.getCommand();
    assertThat(submit.getPriority()).isEqualTo(Priority.HIGH);
    assertThat(submit.getDeadline()).isEqualTo(Instant.parse("2026-01-01T00:01:00Z"));
    assertThat(submit.getAllowStale()).isTrue();
    assertThat(submit.getAffinity()).isNull();
    assertThat(submit.getWebhook()).isNull();
    assertThat(command.getTraceparent()).isNull();
  }

  @Test
  void aResultOfTheSecondSchemaIsReadWithTheDefaultsOfToday() throws Exception {
    InferenceResult result = MessageCodec.RESULTS.decode(resource("inference-result-2.avro"));

    assertThat(result.getStatus()).isEqualTo(ResultStatus.FAILED);
    assertThat(result.getError().getReason()).isEqualTo(ErrorReason.CIRCUIT_OPEN);
    assertThat(result.getWebhook()).isNull();
    assertThat(result.getTraceparent()).isNull();
  }

  @Test
  void aResultOfTheThirdSchemaIsReadWithTheDefaultsOfToday() throws Exception {
    byte[] bytes =
        encoded(
            "InferenceResult-3",
            record -> {
              Schema execution =
                  record.getSchema().getField("execution").schema().getTypes().get(1);
              GenericRecord call = new GenericData.Record(execution);
              call.put("batch_wait_seconds", 0.001);
              call.put("batch_seconds", 0.02);
              call.put("batch_size", 4);
              call.put("tokens", 7);
              call.put("padded_tokens", 8);
              record.put("job_id", "job-1");
              record.put("tenant", "default");
              record.put("model", "support-desk");
              record.put("fingerprint", "content");
              record.put("status", symbol(record, "status", "SUCCEEDED"));
              record.put("outputs", List.of());
              record.put("created_at", 1_000L);
              record.put("completed_at", 2_000L);
              record.put("execution", call);
            });

    InferenceResult result = MessageCodec.RESULTS.decode(bytes);

    assertThat(result.getExecution().getPaddedTokens()).isEqualTo(8);
    assertThat(result.getExecution().getComputeSeconds()).isZero();
    assertThat(result.getExecution().getAloneSeconds()).isNull();
  }

  @Test
  void aCancellationIsReadAsItWasWritten() throws Exception {
    InferenceCommand command =
        new InferenceCommand(
            "job-1", "default", "support-desk", "content", Commands.CREATED_AT, null, new Cancel());

    assertThat(MessageCodec.COMMANDS.decode(MessageCodec.COMMANDS.encode(command)))
        .isEqualTo(command);
  }

  @Test
  void aDeploymentOfTheFirstSchemaIsReadWithTheDefaultsOfToday() throws Exception {
    Deployment deployment = MessageCodec.DEPLOYMENTS.decode(resource("deployment-1.avro"));

    assertThat(deployment.getRevision()).isEqualTo(3);
    assertThat(deployment.getFallbackVersion()).isNull();
    assertThat(deployment.getStaleTtlSeconds()).isEqualTo(86_400);
  }

  @Test
  void aDeploymentOfTheSecondSchemaIsReadWithTheDefaultsOfToday() throws Exception {
    byte[] bytes =
        encoded(
            "Deployment-2",
            record -> {
              record.put("model", "support-desk");
              record.put("revision", 4L);
              record.put("version", "1.0.0");
              record.put("cache_ttl_seconds", 60L);
              record.put("fallback_version", "0.9.0");
              record.put("stale_ttl_seconds", 0L);
              record.put("updated_at", 1_000L);
            });

    Deployment deployment = MessageCodec.DEPLOYMENTS.decode(bytes);

    assertThat(deployment.getFallbackVersion()).isEqualTo("0.9.0");
    assertThat(deployment.getCandidate()).isNull();
    assertThat(deployment.getRollout()).isNull();
    assertThat(deployment.getUpdatedBy()).isEmpty();
  }

  @Test
  void aRegisteredVersionOfTheFirstSchemaIsReadWithTheDefaultsOfToday() throws Exception {
    byte[] bytes =
        encoded(
            "ModelMetadata-1",
            record -> {
              record.put("model", "support-desk");
              record.put("version", "1.0.0");
              record.put("task", "text-classification");
              record.put("platform", "onnxruntime_onnx");
              record.put("inputs", List.of());
              record.put("outputs", List.of());
              record.put("labels", List.of("refund"));
              record.put("baseline", Map.of("accuracy", 0.9));
              record.put("registered_at", 1_000L);
            });

    ModelMetadata version = MessageCodec.MODEL_METADATA.decode(bytes);

    assertThat(version.getBaseline()).containsEntry("accuracy", 0.9);
    assertThat(version.getSizeBytes()).isNull();
    assertThat(version.getAliases()).isEmpty();
  }

  private static GenericData.EnumSymbol symbol(GenericRecord record, String field, String name) {
    return new GenericData.EnumSymbol(record.getSchema().getField(field).schema(), name);
  }

  private static byte[] encoded(String earlier, Consumer<GenericRecord> filled) throws IOException {
    Schema schema = SchemaHistory.earlier(earlier);
    GenericRecord record = new GenericData.Record(schema);
    filled.accept(record);
    ByteBuffer bytes =
        new BinaryMessageEncoder<GenericRecord>(GenericData.get(), schema).encode(record);
    return Arrays.copyOfRange(
        bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.arrayOffset() + bytes.limit());
  }

  @Test
  void aResultOfTheFirstSchemaIsReadWithTheDefaultsOfToday() throws Exception {
    InferenceResult result = MessageCodec.RESULTS.decode(resource("inference-result-1.avro"));

    assertThat(result.getStatus()).isEqualTo(ResultStatus.SUCCEEDED);
    assertThat(result.getOrigin()).isEqualTo(Origin.COMPUTED);
    assertThat(result.getStartedAt()).isNull();
    assertThat(result.getExecution()).isNull();
  }

  @Test
  void badBytesAreRefusedWithTheirReason() {
    byte[] good = MessageCodec.COMMANDS.encode(Commands.command("hello"));
    byte[] otherSchema = good.clone();
    otherSchema[5] ^= 1;

    assertRefused(() -> decode(new byte[0]), DecodeException.Reason.EMPTY_VALUE);
    assertRefused(() -> decode(new byte[] {(byte) 0xC3}), DecodeException.Reason.UNKNOWN_ENCODING);
    assertRefused(
        () -> decode("{\"a\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        DecodeException.Reason.UNKNOWN_ENCODING);
    assertRefused(() -> decode(otherSchema), DecodeException.Reason.UNKNOWN_SCHEMA);
    assertRefused(
        () -> decode(Arrays.copyOf(good, good.length - 5)), DecodeException.Reason.MALFORMED);
  }

  @Test
  void aLengthBeyondTheRecordDoesNotAllocateIt() {
    byte[] good = MessageCodec.COMMANDS.encode(Commands.command("hello"));
    // The first field is a string; its length, a zigzag varint, becomes 2^31 - 10.
    ByteBuffer bomb = ByteBuffer.allocate(10 + 5 + 20).put(good, 0, 10);
    bomb.put(new byte[] {(byte) 0xEC, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F});

    assertRefused(() -> decode(bomb.array()), DecodeException.Reason.MALFORMED);
  }

  @Test
  void damagedBytesNeverFailInAnotherWay() {
    Random random = new Random(7);
    byte[] good = MessageCodec.COMMANDS.encode(Commands.command("my card was charged twice"));
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = good.clone();
      int flips = 1 + random.nextInt(4);
      for (int flip = 0; flip < flips; flip++) {
        damaged[10 + random.nextInt(damaged.length - 10)] = (byte) random.nextInt();
      }
      try {
        assertThat(decode(damaged)).isNotNull();
      } catch (DecodeException e) {
        assertThat(e.reason()).isEqualTo(DecodeException.Reason.MALFORMED);
      }
    }
  }

  private static InferenceCommand decode(byte[] bytes) throws DecodeException {
    return MessageCodec.COMMANDS.decode(bytes);
  }

  private static void assertRefused(ThrowingCallable call, DecodeException.Reason reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DecodeException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = MessageCodecTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }
}
