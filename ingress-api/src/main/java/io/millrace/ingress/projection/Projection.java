package io.millrace.ingress.projection;

import io.millrace.cache.TopicProgressStore;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What topics are projected onto. */
interface Projection {

  /** What it is called in logs and metrics. */
  String name();

  /** The topics that it is made of. */
  List<Source> sources();

  /** Where it notes how far they have been read. */
  TopicProgressStore store();

  /**
   * Returns when what the records tell is written.
   *
   * @throws RuntimeException when the store cannot be read or written; then some may be
   */
  void write(Iterable<ConsumerRecord<byte[], byte[]>> records);

  /**
   * A topic of a projection.
   *
   * @param toHead whether it ends behind the last record that was acknowledged, be it committed or
   *     not; else behind the last one that was committed
   * @param after the topic that must be complete before this one is begun; null for none
   */
  record Source(String topic, boolean toHead, @Nullable String after) {}
}
