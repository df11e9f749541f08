package io.millrace.local.deadletters;

import io.millrace.local.kafka.TopicReader;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.RecordHeader;
import io.millrace.security.KafkaCluster;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * How dead letters look when they are put back: key, value and headers as they came, and one header
 * more that names the letter. That header is also how a letter is known to have been replayed.
 */
public final class Replays {

  /** Holds the letter's {@code topic-partition@offset}. */
  public static final String HEADER = "millrace-replay-of";

  /**
   * The topics that the job reads. A letter is only bytes that someone wrote: it must not get its
   * record into the results, say.
   */
  private static final Set<String> TARGETS =
      Set.of(Topic.REQUESTS.name(), Topic.DEPLOYMENTS.name());

  private Replays() {}

  /** Whether a letter can be put back where it came from. */
  static boolean possible(StoredLetter stored) {
    return TARGETS.contains(stored.letter().getTopic());
  }

  static String targets() {
    return TARGETS.stream().sorted().collect(Collectors.joining(" and "));
  }

  /** What the header of a letter's replay holds. */
  static String name(DeadLetterId id) {
    return name(Topic.DEAD_LETTERS, id);
  }

  /** The same, of a letter in another topic. */
  public static String name(Topic topic, DeadLetterId id) {
    return "%s-%d@%d".formatted(topic.name(), id.partition(), id.offset());
  }

  /** The record to write. The producer chooses the partition by the key, as for any record. */
  static ProducerRecord<byte[], byte[]> record(StoredLetter stored) {
    RecordHeaders headers = new RecordHeaders();
    for (RecordHeader header : stored.letter().getHeaders()) {
      headers.add(header.getKey(), StoredLetter.bytes(header.getValue()));
    }
    headers.add(HEADER, name(stored.id()).getBytes(StandardCharsets.UTF_8));
    return new ProducerRecord<>(
        stored.letter().getTopic(), null, null, stored.key(), stored.value(), headers);
  }

  /**
   * The names of the letters that were replayed before, as far as the topics still hold the
   * replays.
   *
   * @param topics where to look
   * @param since when the first letter in question was written
   */
  public static Set<String> done(KafkaCluster kafka, Set<String> topics, Instant since) {
    Set<String> names = new HashSet<>();
    for (String topic : topics) {
      try (TopicReader reader = new TopicReader(kafka, topic)) {
        reader.read(since, record -> names.addAll(names(record.headers())));
      }
    }
    return names;
  }

  private static List<String> names(Iterable<Header> headers) {
    List<String> names = new ArrayList<>();
    for (Header header : headers) {
      if (header.key().equals(HEADER) && header.value() != null) {
        names.add(new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return names;
  }
}
