package io.millrace.kafka;

import java.nio.charset.StandardCharsets;
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

  /** The last header of that name as UTF-8; null when there is none. */
  public @Nullable String text(String header) {
    for (int i = headers.size() - 1; i >= 0; i--) {
      byte[] value = headers.get(i).value();
      if (value != null && headers.get(i).key().equals(header)) {
        return new String(value, StandardCharsets.UTF_8);
      }
    }
    return null;
  }

  /** A header of the record. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Header(String key, byte @Nullable [] value) {}
}
