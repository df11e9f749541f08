package io.millrace.local.bench.stream;

import io.millrace.local.bench.frame.Figures;
import io.millrace.local.deadletters.ReplayProducer;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Fills the topic of a running job and waits until all of it is answered and committed. The results
 * are read afterwards, so that nobody reads along while the job is measured.
 */
final class Drain {

  private static final Duration TIMEOUT = Duration.ofMinutes(15);
  private static final Duration POLL = Duration.ofMillis(500);

  private final String bootstrapServers;
  private final CommandMessages messages;
  private final String rateName;
  private final Clock clock = Clock.systemUTC();

  /**
   * @param rateName what the rate is called
   */
  Drain(String bootstrapServers, CommandMessages messages, String rateName) {
    this.bootstrapServers = bootstrapServers;
    this.messages = messages;
    this.rateName = rateName;
  }

  /** Drains this many, with numbers from 0. */
  Figures run(int requests) throws InterruptedException {
    try (KafkaConsumer<byte[], byte[]> results = ResultTopic.committed(bootstrapServers)) {
      long before = ResultTopic.end(results);
      fill(requests);
      Instant filledAt = clock.instant();
      long deadline = System.nanoTime() + TIMEOUT.toNanos();
      // Counts marks of transactions too, so the last results may still be missing then.
      while (ResultTopic.end(results) - before < requests) {
        requireTime(deadline, requests);
        TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
      }
      DrainTally tally = new DrainTally();
      while (tally.jobs() < requests) {
        requireTime(deadline, requests);
        for (ConsumerRecord<byte[], byte[]> record : results.poll(POLL)) {
          tally.add(MessageCodec.RESULTS.decode(record.value()));
        }
      }
      return tally.figures(rateName, filledAt);
    } catch (DecodeException e) {
      throw new IllegalStateException("A committed result is not valid: " + e.getMessage(), e);
    }
  }

  private void fill(int requests) {
    try (KafkaProducer<byte[], byte[]> producer = ReplayProducer.open(bootstrapServers)) {
      for (int i = 0; i < requests; i++) {
        var unused = producer.send(new ProducerRecord<>(Topic.REQUESTS.name(), messages.value(i)));
      }
      producer.flush();
    }
  }

  private static void requireTime(long deadline, int requests) {
    if (System.nanoTime() > deadline) {
      throw new CommandFailedException(
          "Of %,d jobs some had no result after %d minutes"
              .formatted(requests, TIMEOUT.toMinutes()));
    }
  }
}
