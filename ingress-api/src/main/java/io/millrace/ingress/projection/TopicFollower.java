package io.millrace.ingress.projection;

import io.millrace.cache.CacheUnavailableException;
import io.millrace.cache.CorruptEntryException;
import io.millrace.cache.TopicProgress;
import io.millrace.cache.TopicProgressStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the partitions that its consumer is assigned. In each round:
 *
 * <pre>
 * place ─ ask for the ends ─ poll ─ write entries ─ advance the store
 *   ▲                                                 │ not where it was, or away
 *   └─────────────────────────────────────────────────┘
 * </pre>
 *
 * The store says where to go on. When it knows nothing of a partition, it is read from the oldest
 * record that can still matter, once the topic is complete that the projection wants before it.
 * While the store is away the partitions are paused. For one thread.
 */
final class TopicFollower implements ConsumerRebalanceListener {

  private static final Logger log = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration ASK = Duration.ofSeconds(2);

  private final Consumer<byte[], byte[]> consumer;
  private final Consumer<?, ?> heads;
  private final Projection projection;
  private final TopicProgressStore store;
  private final Map<String, Projection.Source> sources;
  private final Duration ttl;
  private final Clock clock;
  private final FollowerMetrics metrics;
  private final Outage kafkaAway;
  private final Outage storeAway;

  /** Where the store stands, of the partitions that are being read. */
  private final Map<TopicPartition, Long> positions = new HashMap<>();

  /**
   * @param consumer reads committed records, and is subscribed with this as its listener
   * @param heads sees all records, committed or not
   * @param ttl how long an entry is kept
   */
  TopicFollower(
      Consumer<byte[], byte[]> consumer,
      Consumer<?, ?> heads,
      Projection projection,
      Duration ttl,
      Clock clock,
      FollowerMetrics metrics,
      Outage kafkaAway,
      Outage storeAway) {
    this.consumer = consumer;
    this.heads = heads;
    this.projection = projection;
    this.store = projection.store();
    this.sources =
        projection.sources().stream()
            .collect(Collectors.toMap(Projection.Source::topic, source -> source));
    this.ttl = ttl;
    this.clock = clock;
    this.metrics = metrics;
    this.kafkaAway = kafkaAway;
    this.storeAway = storeAway;
  }

  /** What its consumer subscribes to. */
  Set<String> topics() {
    return sources.keySet();
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
    consumer.pause(assigned);
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
    positions.keySet().removeAll(revoked);
  }

  /** One round; takes some time also when there is nothing to do. */
  void round() {
    attempt(this::place);
    Instant asked = clock.instant();
    Map<TopicPartition, Long> ends = new HashMap<>();
    attempt(() -> ends.putAll(ends(positions.keySet())));
    // Also while the store or a broker is away: it keeps the place in the group, and the pace.
    var records = consumer.poll(POLL);
    attempt(
        () -> {
          projection.write(records);
          advance(asked, ends);
        });
  }

  private void attempt(Runnable step) {
    try {
      step.run();
    } catch (TimeoutException e) {
      kafkaAway.began(e);
      letGo(positions.keySet());
    } catch (CacheUnavailableException | CorruptEntryException e) {
      storeAway.began(e);
      letGo(positions.keySet());
    }
  }

  /** Reads no further before the store has said again where it stands. */
  private void letGo(Collection<TopicPartition> partitions) {
    consumer.pause(partitions);
    positions.keySet().removeAll(Set.copyOf(partitions));
  }

  private void place() {
    Set<TopicPartition> unplaced = new HashSet<>(consumer.assignment());
    unplaced.removeAll(positions.keySet());
    if (unplaced.isEmpty()) {
      return;
    }
    Map<String, TopicProgress> progress = new HashMap<>();
    for (String topic : sources.keySet()) {
      progress.put(topic, Awaiting.get(store.progress(topic)));
    }
    storeAway.ended();
    for (TopicPartition partition : unplaced) {
      Long offset = known(progress, partition.topic()).offset(partition.partition());
      String before = source(partition.topic()).after();
      if (offset != null) {
        follow(partition, offset);
      } else if (before == null || known(progress, before).completeUntil().isPresent()) {
        start(partition);
      }
    }
  }

  private static TopicProgress known(Map<String, TopicProgress> progress, String topic) {
    return Objects.requireNonNull(progress.get(topic));
  }

  private Projection.Source source(String topic) {
    return Objects.requireNonNull(sources.get(topic));
  }

  private void follow(TopicPartition partition, long offset) {
    consumer.seek(partition, offset);
    consumer.resume(Set.of(partition));
    positions.put(partition, offset);
  }

  /** Begins with the oldest record whose entry would still be kept. */
  private void start(TopicPartition partition) {
    // The end first: a record that comes meanwhile is not to be missed.
    long end = Objects.requireNonNull(ends(Set.of(partition)).get(partition));
    OffsetAndTimestamp oldest =
        consumerOf(partition.topic())
            .offsetsForTimes(Map.of(partition, clock.instant().minus(ttl).toEpochMilli()), ASK)
            .get(partition);
    long offset = oldest == null ? end : oldest.offset();
    if (Awaiting.get(advance(partition, null, offset, null))) {
      log.info("The read side knows nothing of {}, reading it from offset {}", partition, offset);
      metrics.started();
      follow(partition, offset);
    }
  }

  private Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) {
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (String topic : sources.keySet()) {
      Set<TopicPartition> ofTopic = new HashSet<>(partitions);
      ofTopic.removeIf(partition -> !partition.topic().equals(topic));
      if (!ofTopic.isEmpty()) {
        ends.putAll(consumerOf(topic).endOffsets(ofTopic, ASK));
        kafkaAway.ended();
      }
    }
    return ends;
  }

  /** Where the ends of a topic are seen. */
  private Consumer<?, ?> consumerOf(String topic) {
    return source(topic).toHead() ? heads : consumer;
  }

  private void advance(Instant asked, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> reached = new HashMap<>();
    Map<TopicPartition, CompletableFuture<Boolean>> steps = new HashMap<>();
    Map<String, Long> lags = new HashMap<>();
    positions.forEach(
        (partition, from) -> {
          long to = consumer.position(partition, ASK);
          Long end = ends.get(partition);
          // Beyond the end: a topic that was made anew, which the consumer finds out by itself.
          boolean complete = end != null && from <= end && end <= to;
          reached.put(partition, to);
          steps.put(partition, advance(partition, from, to, complete ? asked : null));
          if (end != null) {
            lags.merge(partition.topic(), Math.max(0, end - to), Long::sum);
          }
        });
    metrics.showLag(lags);
    steps.forEach(
        (partition, step) -> {
          if (Awaiting.get(step)) {
            positions.put(partition, reached.get(partition));
          } else {
            letGo(Set.of(partition));
          }
        });
  }

  private CompletableFuture<Boolean> advance(
      TopicPartition partition, @Nullable Long from, long to, @Nullable Instant completeUntil) {
    int partitions = consumer.partitionsFor(partition.topic(), ASK).size();
    return store.advance(
        partition.topic(),
        new TopicProgress.Step(partition.partition(), partitions, from, to, completeUntil));
  }
}
