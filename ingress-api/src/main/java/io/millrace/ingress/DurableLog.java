package io.millrace.ingress;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes records to Kafka, durably. Safe for use by several threads. */
public final class DurableLog {

  private final Producer<byte[], byte[]> producer;

  public DurableLog(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /**
   * Writes a record. May block its caller up to {@code max.block.ms}. The future completes when
   * Kafka has acknowledged the record, on a thread that must not be held up; it fails when that is
   * not known.
   */
  public CompletableFuture<Void> append(ProducerRecord<byte[], byte[]> record) {
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    try {
      var unused =
          producer.send(
              record,
              (metadata, failure) -> {
                if (failure == null) {
                  acknowledged.complete(null);
                } else {
                  acknowledged.completeExceptionally(failure);
                }
              });
    } catch (RuntimeException e) {
      // No metadata or no room in the buffer within max.block.ms, or closed: not in the log.
      acknowledged.completeExceptionally(e);
    }
    return acknowledged;
  }
}
