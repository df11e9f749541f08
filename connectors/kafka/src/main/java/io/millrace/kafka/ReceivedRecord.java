package io.millrace.kafka;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record as it came, not yet understood.
 *
 * @param timestamp milliseconds since the epoch, as the producer or the broker set it
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes on their way through; nothing compares records.
public record ReceivedRecord(
    String topic,
    int partition,
    long offset,
    long timestamp,
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<Header> headers) {

  /** The value of the last header of that name, as Kafka counts them; null when there is none. */
  public byte @Nullable [] header(String name) {
    for (int i = headers.size() - 1; i >= 0; i--) {
      if (headers.get(i).key().equals(name)) {
        return headers.get(i).value();
      }
    }
    return null;
  }

  /** A header of the record. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Header(String key, byte @Nullable [] value) {}
}
