package io.millrace.local.demo;

import io.millrace.local.client.ApiJob;
import io.millrace.local.deadletters.ReplayProducer;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.Feedback;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes right labels to Kafka, as a labelling tool does. The API takes those alone that the model
 * knows; after a shift none of them may be right.
 */
final class FeedbackProducer implements SteadyTraffic.Labels, AutoCloseable {

  private static final String TENANT = "default";

  private final KafkaProducer<byte[], byte[]> producer;
  private final String model;
  private final Clock clock;

  private FeedbackProducer(KafkaProducer<byte[], byte[]> producer, String model, Clock clock) {
    this.producer = producer;
    this.model = model;
    this.clock = clock;
  }

  static FeedbackProducer open(String bootstrapServers, String model) {
    return new FeedbackProducer(ReplayProducer.open(bootstrapServers), model, Clock.systemUTC());
  }

  @Override
  public CompletableFuture<Void> tell(ApiJob job, String label) {
    Feedback feedback =
        Feedback.newBuilder()
            .setJobId(job.id())
            .setTenant(TENANT)
            .setModel(model)
            .setLabel(label)
            .setCreatedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
            .build();
    CompletableFuture<Void> written = new CompletableFuture<>();
    var unused =
        producer.send(
            new ProducerRecord<>(
                Topic.FEEDBACK.name(),
                job.id().getBytes(StandardCharsets.UTF_8),
                MessageCodec.FEEDBACK.encode(feedback)),
            (metadata, failure) -> {
              if (failure == null) {
                written.complete(null);
              } else {
                written.completeExceptionally(failure);
              }
            });
    return written;
  }

  @Override
  public void close() {
    producer.close();
  }
}
