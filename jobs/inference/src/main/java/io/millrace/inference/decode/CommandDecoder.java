package io.millrace.inference.decode;

import io.millrace.jobs.decode.DeadLetters;
import io.millrace.jobs.decode.Decoded;
import io.millrace.jobs.decode.RecordDecoder;
import io.millrace.kafka.ReceivedRecord;
import io.millrace.schemas.ContentType;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.Fingerprint;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Traceparent;
import io.millrace.schemas.avro.Cancel;
import io.millrace.schemas.avro.DeadLetterReason;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Submit;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads commands; those that it hands on have a fingerprint, and the right one. */
public final class CommandDecoder implements RecordDecoder<InferenceCommand> {

  private static final long serialVersionUID = 1L;

  private static final int MAX_NAME_LENGTH = 200;

  @Override
  public Decoded<InferenceCommand> decode(ReceivedRecord received, Instant now) {
    try {
      InferenceCommand command =
          MessageCodec.COMMANDS.decode(
              received.value(),
              received.header(ContentType.HEADER),
              Instant.ofEpochMilli(received.timestamp()));
      command.setTraceparent(trace(command, received));
      String invalid = invalidField(command);
      if (invalid != null) {
        return new Decoded.Refused<>(
            DeadLetters.of(received, DeadLetterReason.INVALID_COMMAND, invalid, now));
      }
      if (!(command.getCommand() instanceof Submit submit)) {
        return new Decoded.Understood<>(command);
      }
      String fingerprint = Fingerprint.of(command.getTenant(), command.getModel(), submit);
      String claimed = command.getFingerprint();
      if (claimed != null && !claimed.equals(fingerprint)) {
        // Believing it would answer this job with what belongs to another content.
        return new Decoded.Refused<>(
            DeadLetters.of(
                received,
                DeadLetterReason.FINGERPRINT_MISMATCH,
                "fingerprint: expected the one of the content, or null to have it computed",
                now));
      }
      command.setFingerprint(fingerprint);
      return new Decoded.Understood<>(command);
    } catch (DecodeException e) {
      return new Decoded.Refused<>(DeadLetters.of(received, e, now));
    }
  }

  /** The command's own trace, else that of the record; one that is not valid is none. */
  private static @Nullable String trace(InferenceCommand command, ReceivedRecord received) {
    String named = command.getTraceparent();
    byte[] header = received.header(Traceparent.HEADER);
    if (named == null && header != null) {
      named = new String(header, StandardCharsets.ISO_8859_1);
    }
    return Traceparent.valueOf(Traceparent.parse(named));
  }

  private static @Nullable String invalidField(InferenceCommand command) {
    if (!named(command.getJobId())) {
      return "job_id: expected 1 to " + MAX_NAME_LENGTH + " characters";
    }
    if (!named(command.getModel())) {
      return "model: expected 1 to " + MAX_NAME_LENGTH + " characters";
    }
    if (command.getCommand() instanceof Cancel && command.getFingerprint() == null) {
      return "fingerprint: expected the one of the submission that is cancelled";
    }
    return null;
  }

  private static boolean named(String name) {
    return !name.isBlank() && name.length() <= MAX_NAME_LENGTH;
  }
}
