package io.millrace.inference.decode;

import io.millrace.kafka.ReceivedRecord;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.avro.Deployment;
import java.time.Instant;

/** Reads deployments. */
final class DeploymentDecoder implements RecordDecoder<Deployment> {

  private static final long serialVersionUID = 1L;

  @Override
  public Decoded<Deployment> decode(ReceivedRecord received, Instant now) {
    try {
      byte[] value = received.value();
      return new Decoded.Understood<>(
          MessageCodec.DEPLOYMENTS.decode(value == null ? new byte[0] : value));
    } catch (DecodeException e) {
      return new Decoded.Refused<>(DeadLetters.of(received, e, now));
    }
  }
}
