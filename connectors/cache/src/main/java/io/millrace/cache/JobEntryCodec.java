package io.millrace.cache;

import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.avro.InferenceResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The value of a job's entry. The first byte tells the forms apart:
 *
 * <ul>
 *   <li>{@code C3}: finished, the result in Avro's single-object encoding
 *   <li>{@code 01}: accepted, then job id, tenant, model, whether there is a version, the version,
 *       when the job was accepted in ms since 1970, whether there is a fingerprint, and the
 *       fingerprint, as {@link DataOutputStream} writes them. The first release ends before the
 *       fingerprint. A reader ignores what follows, so that a field can be added at the end.
 * </ul>
 */
final class JobEntryCodec {

  private static final byte FINISHED = (byte) 0xC3;
  private static final byte ACCEPTED = 1;

  private JobEntryCodec() {}

  static byte[] encode(JobEntry.Accepted job) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(ACCEPTED);
      out.writeUTF(job.jobId());
      out.writeUTF(job.tenant());
      out.writeUTF(job.model());
      writeNullable(out, job.version());
      out.writeLong(job.createdAt().toEpochMilli());
      writeNullable(out, job.fingerprint());
    } catch (IOException e) {
      throw new IllegalArgumentException("Cannot encode a job: one of its names is too long", e);
    }
    return bytes.toByteArray();
  }

  static byte[] encode(InferenceResult result) {
    return MessageCodec.RESULTS.encode(result);
  }

  /** The first byte of a finished job's value. */
  static byte[] finishedMark() {
    return new byte[] {FINISHED};
  }

  /** Whether a value, of which the beginning is enough, is a finished job's. */
  static boolean isFinished(byte[] value) {
    return value.length > 0 && value[0] == FINISHED;
  }

  /**
   * Reads an entry.
   *
   * @throws CorruptEntryException when the value has none of the forms
   */
  static JobEntry decode(String jobId, byte[] value) {
    try {
      if (isFinished(value)) {
        return new JobEntry.Finished(MessageCodec.RESULTS.decode(value));
      }
      return decodeAccepted(value);
    } catch (DecodeException | IOException | DateTimeException e) {
      throw new CorruptEntryException(
          "The entry of job " + jobId + " in Redis cannot be read: " + e.getMessage(), e);
    }
  }

  private static JobEntry.Accepted decodeAccepted(byte[] value) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
      if (value.length == 0 || in.readByte() != ACCEPTED) {
        throw new IOException("expected a first byte of 01 (accepted) or C3 (finished)");
      }
      String jobId = in.readUTF();
      String tenant = in.readUTF();
      String model = in.readUTF();
      String version = readNullable(in);
      Instant createdAt = Instant.ofEpochMilli(in.readLong());
      String fingerprint = in.available() == 0 ? null : readNullable(in);
      return new JobEntry.Accepted(jobId, tenant, model, version, createdAt, fingerprint);
    }
  }

  private static void writeNullable(DataOutputStream out, @Nullable String text)
      throws IOException {
    out.writeBoolean(text != null);
    out.writeUTF(text == null ? "" : text);
  }

  private static @Nullable String readNullable(DataInputStream in) throws IOException {
    boolean present = in.readBoolean();
    String text = in.readUTF();
    return present ? text : null;
  }
}
