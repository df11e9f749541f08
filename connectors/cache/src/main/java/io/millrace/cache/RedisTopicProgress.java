package io.millrace.cache;

import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The progress of a topic in the hash {@code millrace:projection:<topic>}: {@code partitions}, and
 * for each partition {@code <number>}, its offset, and {@code <number>:complete-until}, in ms since
 * 1970.
 */
final class RedisTopicProgress {

  // One script, so that nothing can be lost between its commands.
  private static final String ADVANCE =
      "if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 0 end "
          + "redis.call('HSET', KEYS[1], ARGV[1], ARGV[3], 'partitions', ARGV[4]) "
          + "if ARGV[5] ~= '' then redis.call('HSET', KEYS[1], ARGV[6], ARGV[5]) end "
          + "return 1";

  private static final String PARTITIONS = "partitions";
  private static final String COMPLETE_UNTIL = ":complete-until";

  private final RedisConnections connections;

  RedisTopicProgress(RedisConnections connections) {
    this.connections = connections;
  }

  static String key(String topic) {
    return "millrace:projection:" + topic;
  }

  CompletableFuture<TopicProgress> read(String topic) {
    return connections
        .run("read how far " + topic + " is", redis -> redis.hgetall(key(topic)))
        .thenApply(fields -> decode(topic, fields));
  }

  CompletableFuture<Boolean> advance(String topic, TopicProgress.Step step) {
    Instant completeUntil = step.completeUntil();
    return connections
        .<Long>run(
            "note how far " + topic + " is",
            redis ->
                redis.eval(
                    ADVANCE,
                    ScriptOutputType.INTEGER,
                    new String[] {key(topic)},
                    bytes(step.partition()),
                    bytes(step.from() == null ? "" : step.from()),
                    bytes(step.to()),
                    bytes(step.partitions()),
                    bytes(completeUntil == null ? "" : completeUntil.toEpochMilli()),
                    bytes(step.partition() + COMPLETE_UNTIL)))
        .thenApply(done -> done == 1);
  }

  /**
   * Reads the fields of the hash.
   *
   * @throws CorruptEntryException when they are no numbers
   */
  static TopicProgress decode(String topic, Map<String, byte[]> fields) {
    Map<String, Long> numbers = new HashMap<>();
    try {
      fields.forEach(
          (name, value) ->
              numbers.put(name, Long.parseLong(new String(value, StandardCharsets.UTF_8))));
    } catch (NumberFormatException e) {
      throw new CorruptEntryException(
          "The progress of topic " + topic + " in Redis cannot be read: expected numbers", e);
    }
    Map<Integer, Long> offsets = new HashMap<>();
    Instant completeUntil = Instant.MAX;
    long partitions = numbers.getOrDefault(PARTITIONS, 0L);
    for (int partition = 0; partition < partitions; partition++) {
      Long offset = numbers.get(Integer.toString(partition));
      if (offset != null) {
        offsets.put(partition, offset);
      }
      Long until = numbers.get(partition + COMPLETE_UNTIL);
      Instant complete = until == null ? Instant.MIN : Instant.ofEpochMilli(until);
      completeUntil = complete.isBefore(completeUntil) ? complete : completeUntil;
    }
    boolean complete = partitions > 0 && completeUntil.isAfter(Instant.MIN);
    return new TopicProgress(offsets, complete ? Optional.of(completeUntil) : Optional.empty());
  }

  private static byte[] bytes(Object value) {
    return value.toString().getBytes(StandardCharsets.UTF_8);
  }
}
