package io.millrace.ingress.jobs;

import io.millrace.ingress.DurableLog;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Traceparent;
import io.millrace.schemas.avro.InferenceCommand;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Commands in the topic {@link Topic#REQUESTS}, keyed by fingerprint. */
public final class KafkaCommandLog implements CommandLog {

  private final Producer<byte[], byte[]> producer;
  private final DurableLog log;

  public KafkaCommandLog(Producer<byte[], byte[]> producer) {
    this.producer = producer;
    this.log = new DurableLog(producer);
  }

  @Override
  public CompletableFuture<Void> append(InferenceCommand command, Traceparent trace) {
    String fingerprint = Objects.requireNonNull(command.getFingerprint(), "fingerprint");
    return log.append(
        new ProducerRecord<>(
            Topic.REQUESTS.name(),
            null,
            fingerprint.getBytes(StandardCharsets.UTF_8),
            MessageCodec.COMMANDS.encode(command),
            headers(trace)));
  }

  /**
   * Whether the topic's metadata is there; asks for it when not. May block up to {@code
   * max.block.ms}.
   */
  public boolean isReady() {
    try {
      return !producer.partitionsFor(Topic.REQUESTS.name()).isEmpty();
    } catch (KafkaException e) {
      return false;
    }
  }

  private static List<Header> headers(Traceparent trace) {
    return List.of(
        new RecordHeader(Traceparent.HEADER, trace.value().getBytes(StandardCharsets.US_ASCII)));
  }
}
