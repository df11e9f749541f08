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

/**
 * The value of a job's entry. The first byte tells the forms apart:
 *
 * <ul>
 *   <li>{@code C3}: finished, the result in Avro's single-object encoding
 *   <li>{@code 01}: accepted, then job id, tenant, model, whether there is a version, the version,
 *       and when the job was accepted in ms since 1970, as {@link DataOutputStream} writes them. A
 *       reader ignores what follows, so that a field can be added at the end.
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
      String version = job.version();
      out.writeBoolean(version != null);
      out.writeUTF(version == null ? "" : version);
      out.writeLong(job.createdAt().toEpochMilli());
    } catch (IOException e) {
      throw new IllegalArgumentException("Cannot encode a job: one of its names is too long", e);
    }
    return bytes.toByteArray();
  }

  static byte[] encode(InferenceResult result) {
    return MessageCodec.RESULTS.encode(result);
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
      boolean hasVersion = in.readBoolean();
      String version = in.readUTF();
      Instant createdAt = Instant.ofEpochMilli(in.readLong());
      return new JobEntry.Accepted(jobId, tenant, model, hasVersion ? version : null, createdAt);
    }
  }
}
