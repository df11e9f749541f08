package io.millrace.local.bench.stream;

import io.millrace.local.bench.frame.Figures;
import io.millrace.local.bench.load.Arrivals;
import io.millrace.local.bench.load.OpenLoop;
import io.millrace.local.deadletters.ReplayProducer;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;

/** Kills a task manager under a steady load, and waits for what is made after that. */
final class RecoveryRun {

  private static final double PER_SECOND = 50;
  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(50);

  /**
   * A checkpoint that every subtask had acknowledged before the kill may still be committed, with
   * results that are a little younger than the kill.
   */
  private static final Duration COMPLETED_BEFORE = Duration.ofMillis(500);

  private final RecoveryCluster cluster;
  private final CommandMessages messages;
  private final Clock clock = Clock.systemUTC();

  RecoveryRun(RecoveryCluster cluster, CommandMessages messages) {
    this.cluster = cluster;
    this.messages = messages;
  }

  /** Seconds from the kill to the first committed result that was computed after it. */
  Figures run() throws Exception {
    Arrivals arrivals = Arrivals.even(PER_SECOND, LONGEST);
    try (KafkaConsumer<byte[], byte[]> results = ResultTopic.committed(cluster.kafka());
        KafkaProducer<byte[], byte[]> producer = ReplayProducer.open(cluster.kafka())) {
      Thread sender = new Thread(() -> send(arrivals, producer), "steady-load");
      sender.setDaemon(true);
      sender.start();
      try {
        await(results, completedAt -> true);
        Instant killedAt = clock.instant();
        long from = System.nanoTime();
        cluster.killTaskManager();
        await(results, completedAt -> completedAt.isAfter(killedAt.plus(COMPLETED_BEFORE)));
        return Figures.of("seconds", (System.nanoTime() - from) / 1e9);
      } finally {
        sender.interrupt();
        sender.join();
      }
    }
  }

  private void send(Arrivals arrivals, KafkaProducer<byte[], byte[]> producer) {
    try {
      new OpenLoop(System::nanoTime)
          .run(
              arrivals,
              (number, due) -> {
                var unused =
                    producer.send(
                        new ProducerRecord<>(Topic.REQUESTS.name(), messages.value(number)));
              });
    } catch (InterruptException e) {
      // The load has ended.
    }
  }

  private static void await(KafkaConsumer<byte[], byte[]> results, Predicate<Instant> wanted)
      throws DecodeException {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (System.nanoTime() < deadline) {
      for (ConsumerRecord<byte[], byte[]> record : results.poll(POLL)) {
        if (wanted.test(MessageCodec.RESULTS.decode(record.value()).getCompletedAt())) {
          return;
        }
      }
    }
    throw new CommandFailedException(
        "No committed result within %d minutes".formatted(LONGEST.toMinutes()));
  }
}
