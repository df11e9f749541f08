package io.millrace.jobs.decode;

import io.millrace.kafka.ReceivedRecord;
import java.io.Serializable;
import java.time.Instant;

/** Tells the records of one contract from those that cannot be understood. */
public interface RecordDecoder<T> extends Serializable {

  /**
   * Looks at one record.
   *
   * @param now goes into the dead letter
   */
  Decoded<T> decode(ReceivedRecord received, Instant now);
}
