package io.millrace.schemas;

import io.millrace.schemas.avro.CostReport;
import io.millrace.schemas.avro.DeadLetter;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.DriftReport;
import io.millrace.schemas.avro.Feedback;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.ModelEvaluation;
import io.millrace.schemas.avro.ModelMetadata;
import io.millrace.schemas.avro.QualityReport;
import io.millrace.schemas.avro.RolloutCommand;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutStatus;
import io.millrace.schemas.avro.WebhookDeadLetter;
import io.millrace.schemas.avro.WebhookDelivery;
import io.millrace.schemas.json.JsonMismatchException;
import io.millrace.schemas.json.JsonRecordReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads one contract in Avro's single-object encoding: the marker {@code C3 01}, the
 * CRC-64-AVRO fingerprint of the writer's schema in 8 little-endian bytes, then the body. Records
 * written by any schema in {@link SchemaHistory} are read as the current one. Safe for use by
 * several threads. From producers that are not ours, JSON is read too ({@link JsonRecordReader}).
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">Avro
 *     single-object encoding</a>
 */
public final class MessageCodec<T extends SpecificRecordBase> {

  public static final MessageCodec<InferenceCommand> COMMANDS =
      new MessageCodec<>(
          InferenceCommand.getClassSchema(), new InferenceCommand().getSpecificData());
  public static final MessageCodec<InferenceResult> RESULTS =
      new MessageCodec<>(InferenceResult.getClassSchema(), new InferenceResult().getSpecificData());
  public static final MessageCodec<DeadLetter> DEAD_LETTERS =
      new MessageCodec<>(DeadLetter.getClassSchema(), new DeadLetter().getSpecificData());
  public static final MessageCodec<Deployment> DEPLOYMENTS =
      new MessageCodec<>(Deployment.getClassSchema(), new Deployment().getSpecificData());

  public static final MessageCodec<ModelMetadata> MODEL_METADATA =
      new MessageCodec<>(ModelMetadata.getClassSchema(), new ModelMetadata().getSpecificData());
  public static final MessageCodec<Feedback> FEEDBACK =
      new MessageCodec<>(Feedback.getClassSchema(), new Feedback().getSpecificData());

  public static final MessageCodec<WebhookDelivery> WEBHOOK_DELIVERIES =
      new MessageCodec<>(WebhookDelivery.getClassSchema(), new WebhookDelivery().getSpecificData());
  public static final MessageCodec<WebhookDeadLetter> WEBHOOK_DEAD_LETTERS =
      new MessageCodec<>(
          WebhookDeadLetter.getClassSchema(), new WebhookDeadLetter().getSpecificData());

  public static final MessageCodec<RolloutDecision> ROLLOUT_DECISIONS =
      new MessageCodec<>(RolloutDecision.getClassSchema(), new RolloutDecision().getSpecificData());
  public static final MessageCodec<RolloutCommand> ROLLOUT_COMMANDS =
      new MessageCodec<>(RolloutCommand.getClassSchema(), new RolloutCommand().getSpecificData());
  public static final MessageCodec<RolloutStatus> ROLLOUT_STATUS =
      new MessageCodec<>(RolloutStatus.getClassSchema(), new RolloutStatus().getSpecificData());
  public static final MessageCodec<ModelEvaluation> MODEL_EVALUATIONS =
      new MessageCodec<>(ModelEvaluation.getClassSchema(), new ModelEvaluation().getSpecificData());

  public static final MessageCodec<DriftReport> DRIFT_REPORTS =
      new MessageCodec<>(DriftReport.getClassSchema(), new DriftReport().getSpecificData());
  public static final MessageCodec<QualityReport> QUALITY_REPORTS =
      new MessageCodec<>(QualityReport.getClassSchema(), new QualityReport().getSpecificData());
  public static final MessageCodec<CostReport> COST_REPORTS =
      new MessageCodec<>(CostReport.getClassSchema(), new CostReport().getSpecificData());

  private static final byte[] MARKER = {(byte) 0xC3, 0x01};
  private static final int HEADER_BYTES = MARKER.length + Long.BYTES;

  private final BinaryMessageEncoder<T> encoder;
  private final Map<Schema, DatumReader<T>> readers = new ConcurrentHashMap<>();
  private final Schema schema;
  private final SpecificData model;
  private final JsonRecordReader json;

  private MessageCodec(Schema schema, SpecificData model) {
    this.schema = schema;
    this.model = model;
    // Records without logical types, tensors above all, then write themselves, where Avro's writer
    // would look up each field in the schema. Also where Flink writes them. The bytes are the same.
    model.setCustomCoders(true);
    encoder = new BinaryMessageEncoder<>(model, schema);
    json = new JsonRecordReader(schema, model);
  }

  /**
   * Writes a message.
   *
   * @throws IllegalArgumentException when a field that must be set is null
   */
  public byte[] encode(T message) {
    try {
      ByteBuffer buffer = encoder.encode(message);
      return bytes(buffer);
    } catch (IOException | AvroRuntimeException | NullPointerException e) {
      throw new IllegalArgumentException(
          "Cannot encode " + message.getSchema().getName() + ": " + e.getMessage(), e);
    }
  }

  /** What is left of a buffer, without copying it where it is a whole array. */
  private static byte[] bytes(ByteBuffer buffer) {
    if (buffer.hasArray()
        && buffer.arrayOffset() == 0
        && buffer.array().length == buffer.remaining()) {
      return buffer.array();
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /**
   * Reads a message in the encoding that its record says: JSON under the header {@link
   * ContentType#HEADER}, else the single-object encoding.
   *
   * @param bytes the record's value; null for none
   * @param contentType the header's value; null without the header
   * @param timestamp the record's, for a required time that JSON leaves out
   * @throws DecodeException when the bytes are not a message of this contract; says why and, of
   *     JSON, where
   */
  @SuppressWarnings("unchecked") // The reader makes records of the schema that it was made for.
  public T decode(byte @Nullable [] bytes, byte @Nullable [] contentType, Instant timestamp)
      throws DecodeException {
    byte[] value = bytes == null ? new byte[0] : bytes;
    if (value.length == 0 || !ContentType.isJson(contentType)) {
      return decodeBinary(value);
    }
    try {
      return (T) json.read(value, timestamp);
    } catch (JsonMismatchException e) {
      throw new DecodeException(
          DecodeException.Reason.MALFORMED, String.valueOf(e.getMessage()), e);
    }
  }

  private T decodeBinary(byte[] value) throws DecodeException {
    try {
      return decode(value);
    } catch (DecodeException e) {
      if (e.reason() == DecodeException.Reason.UNKNOWN_ENCODING) {
        throw new DecodeException(
            e.reason(),
            e.getMessage() + ", or JSON under the header content-type: application/json",
            e);
      }
      throw e;
    }
  }

  /**
   * Reads a message.
   *
   * @throws DecodeException when the bytes are not a message of this contract; says why
   */
  public T decode(byte[] bytes) throws DecodeException {
    DatumReader<T> reader = readers.computeIfAbsent(writerSchema(bytes), this::reader);
    try {
      return reader.read(null, new BoundedDecoder(bytes, HEADER_BYTES));
    } catch (IOException | RuntimeException e) {
      // Corrupted bodies fail in many ways: end of input, negative lengths, union or enum indexes
      // out of range. All of them mean that the body does not match its schema.
      throw new DecodeException(
          DecodeException.Reason.MALFORMED,
          "the body does not match its schema (" + e.getClass().getSimpleName() + ")",
          e);
    }
  }

  private static Schema writerSchema(byte[] bytes) throws DecodeException {
    if (bytes.length == 0) {
      throw new DecodeException(DecodeException.Reason.EMPTY_VALUE, "the value has no bytes", null);
    }
    if (bytes.length < HEADER_BYTES || bytes[0] != MARKER[0] || bytes[1] != MARKER[1]) {
      throw new DecodeException(
          DecodeException.Reason.UNKNOWN_ENCODING,
          "expected Avro's single-object encoding, which starts with C3 01",
          null);
    }
    long fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(MARKER.length);
    Schema schema = SchemaHistory.instance().findByFingerprint(fingerprint);
    if (schema == null) {
      throw new DecodeException(
          DecodeException.Reason.UNKNOWN_SCHEMA,
          "the schema's fingerprint is not one of the known versions",
          null);
    }
    return schema;
  }

  @SuppressWarnings("unchecked") // SpecificData makes readers of the type it was made for.
  private DatumReader<T> reader(Schema writer) {
    return (DatumReader<T>) model.createDatumReader(writer, schema);
  }
}
