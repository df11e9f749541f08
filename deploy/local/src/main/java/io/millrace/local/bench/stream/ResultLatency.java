package io.millrace.local.bench.stream;

import io.millrace.local.bench.frame.Figures;
import io.millrace.local.bench.load.Arrivals;
import io.millrace.local.bench.load.Latencies;
import io.millrace.local.bench.load.OpenLoop;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends commands when they are due, and notes when a consumer that does not wait for commits has
 * the result: from one topic to the other, what is waited for is the job.
 */
final class ResultLatency {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String bootstrapServers;
  private final CommandMessages messages;

  ResultLatency(String bootstrapServers, CommandMessages messages) {
    this.bootstrapServers = bootstrapServers;
    this.messages = messages;
  }

  /**
   * Sends them; returns when each has its result. The first quarter does not count.
   *
   * @param firstNumber of the jobs
   */
  Figures run(Arrivals arrivals, int firstNumber) throws InterruptedException {
    AtomicLongArray dueAt = new AtomicLongArray(arrivals.count());
    Latencies latencies = new Latencies();
    int cold = (int) (arrivals.count() * DrainRate.WARM_UP);
    int answered = 0;
    try (KafkaConsumer<byte[], byte[]> results = ResultTopic.uncommitted(bootstrapServers);
        KafkaProducer<byte[], byte[]> producer = producer()) {
      Thread sender =
          new Thread(() -> send(arrivals, firstNumber, dueAt, producer), "open-loop-kafka");
      sender.setDaemon(true);
      sender.start();
      long deadline =
          System.nanoTime() + arrivals.dueNanos(arrivals.count() - 1) + PATIENCE.toNanos();
      while (answered < arrivals.count()) {
        if (System.nanoTime() > deadline) {
          throw new CommandFailedException(
              "%,d of %,d events have no result after %d seconds"
                  .formatted(arrivals.count() - answered, arrivals.count(), PATIENCE.toSeconds()));
        }
        for (ConsumerRecord<byte[], byte[]> record : results.poll(POLL)) {
          int index = index(record) - firstNumber;
          if (index >= 0 && index < arrivals.count()) {
            answered++;
            if (index >= cold) {
              latencies.add(System.nanoTime() - dueAt.get(index));
            }
          }
        }
      }
      sender.join();
    }
    return latencies.figures();
  }

  private static int index(ConsumerRecord<byte[], byte[]> record) {
    return CommandMessages.number(new String(record.key(), StandardCharsets.US_ASCII));
  }

  private void send(
      Arrivals arrivals,
      int firstNumber,
      AtomicLongArray dueAt,
      KafkaProducer<byte[], byte[]> producer) {
    new OpenLoop(System::nanoTime)
        .run(
            arrivals,
            (index, due) -> {
              dueAt.set(index, due);
              var unused =
                  producer.send(
                      new ProducerRecord<>(
                          Topic.REQUESTS.name(), messages.value(firstNumber + index)));
            });
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.LINGER_MS_CONFIG,
            1),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
