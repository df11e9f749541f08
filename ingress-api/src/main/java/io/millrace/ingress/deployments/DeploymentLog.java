package io.millrace.ingress.deployments;

import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.Deployment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes {@link Topic#DEPLOYMENTS} by compare-and-set, whichever server does it. All servers write
 * with one transactional id: who begins fences whoever began before, reads the topic to its end,
 * and writes what follows from that. So of two that begin with the same revision one commits, and
 * the other one reads again and finds the revision that won.
 */
public final class DeploymentLog {

  public static final String TRANSACTIONAL_ID = "millrace-deployments";

  private static final Logger log = LoggerFactory.getLogger(DeploymentLog.class);

  private static final String TOPIC = Topic.DEPLOYMENTS.name();

  /** Tells an own record, of whose commit nothing was heard, from another's of that revision. */
  private static final String WRITE_HEADER = "millrace-write";

  private static final Duration ASK = Duration.ofSeconds(2);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CLOSE = Duration.ofSeconds(1);
  private static final int MAX_PAUSE_MILLIS = 1_000;

  private final Supplier<Producer<byte[], byte[]>> producers;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Duration patience;

  /**
   * @param producers of transactional producers, all with {@link #TRANSACTIONAL_ID}
   * @param consumers of consumers of committed records
   * @param patience after which a change that did not get through is given up
   */
  public DeploymentLog(
      Supplier<Producer<byte[], byte[]>> producers,
      Supplier<Consumer<byte[], byte[]>> consumers,
      Duration patience) {
    this.producers = producers;
    this.consumers = consumers;
    this.patience = patience;
  }

  /** Says what follows on a deployment. */
  @FunctionalInterface
  public interface Change {

    /**
     * The next deployment; may be asked more than once.
     *
     * @param current the one in the log; empty for none
     * @throws ProblemException when nothing shall follow on that one
     */
    Deployment next(Optional<Deployment> current);
  }

  /**
   * Changes the deployment of a model. Blocks, for a bounded time.
   *
   * @return what is in the log then
   * @throws ProblemException those of the change; {@code LOG_UNAVAILABLE} when Kafka does not take
   *     it in time: it is not known then whether it was written
   */
  public Deployment update(String model, Change change) {
    long deadline = System.nanoTime() + patience.toNanos();
    String write = UUID.randomUUID().toString();
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(model, change, write, deadline);
      } catch (KafkaException e) {
        boolean again = System.nanoTime() < deadline && pause(attempt);
        if (!again) {
          log.warn("The deployment of {} is not changed: {}", model, e.toString());
          throw new ProblemException(
              ProblemType.LOG_UNAVAILABLE,
              "Kafka did not take the change in time; read the deployment, and change it again.");
        }
        log.debug("Changing the deployment of {} again after: {}", model, e.toString());
      }
    }
  }

  private Deployment attempt(String model, Change change, String write, long deadline) {
    Producer<byte[], byte[]> producer = producers.get();
    try {
      producer.initTransactions();
      Head head = head(model, deadline);
      if (head.deployment() != null && write.equals(head.write())) {
        return head.deployment();
      }
      Deployment next = change.next(Optional.ofNullable(head.deployment()));
      producer.beginTransaction();
      var unused =
          producer.send(
              new ProducerRecord<>(
                  TOPIC,
                  null,
                  model.getBytes(StandardCharsets.UTF_8),
                  MessageCodec.DEPLOYMENTS.encode(next),
                  List.of(new RecordHeader(WRITE_HEADER, write.getBytes(StandardCharsets.UTF_8)))));
      producer.commitTransaction();
      return next;
    } finally {
      producer.close(CLOSE);
    }
  }

  /** What the log says of a model, read to its end. */
  private Head head(String model, long deadline) {
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(TOPIC, ASK).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw new UnknownTopicOrPartitionException("There is no topic " + TOPIC);
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ASK);
      Head head = Head.NONE;
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey(), ASK) < end.getValue())) {
        if (System.nanoTime() > deadline) {
          throw new TimeoutException("The topic " + TOPIC + " could not be read to its end");
        }
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
          if (each.key() != null && model.equals(new String(each.key(), StandardCharsets.UTF_8))) {
            head = head.after(each);
          }
        }
      }
      return head;
    }
  }

  /** Lets another server finish. False when the server stops. */
  private static boolean pause(int attempt) {
    int most = Math.min(MAX_PAUSE_MILLIS, 50 << Math.min(attempt, 5));
    try {
      TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(10, most));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * The last deployment of a model in the log.
   *
   * @param write the header of its record; null for none
   */
  private record Head(@Nullable Deployment deployment, @Nullable String write) {

    static final Head NONE = new Head(null, null);

    /** The first record of a revision counts. */
    Head after(ConsumerRecord<byte[], byte[]> record) {
      if (record.value() == null) {
        return NONE;
      }
      try {
        Deployment next = MessageCodec.DEPLOYMENTS.decode(record.value());
        if (deployment != null && next.getRevision() <= deployment.getRevision()) {
          return this;
        }
        Header header = record.headers().lastHeader(WRITE_HEADER);
        return new Head(
            next, header == null ? null : new String(header.value(), StandardCharsets.UTF_8));
      } catch (DecodeException e) {
        // Nobody can read it, so nobody follows it.
        return this;
      }
    }
  }
}
