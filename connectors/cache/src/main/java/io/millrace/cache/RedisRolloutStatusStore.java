package io.millrace.cache;

import io.lettuce.core.ScriptOutputType;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.avro.RolloutStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The status of rollouts in Redis: a list {@code millrace:rollout:<model>:<revision>} each, the
 * oldest first, kept for a fixed time since it last grew. The futures fail as those of {@link
 * RedisJobStore} do.
 */
public final class RedisRolloutStatusStore implements RolloutStatusStore {

  /** Entries of a revision that are kept: enough for a chart. */
  public static final int MAX_ENTRIES = 600;

  private static final Duration TTL = Duration.ofDays(7);

  // One script, so that no list is left without its end.
  private static final String APPEND =
      "redis.call('RPUSH', KEYS[1], ARGV[1]) "
          + "redis.call('LTRIM', KEYS[1], ARGV[2], -1) "
          + "return redis.call('PEXPIRE', KEYS[1], ARGV[3])";

  private final RedisConnections connections;

  private RedisRolloutStatusStore(RedisConnections connections) {
    this.connections = connections;
  }

  /** Opens a store. Redis need not be there yet: until it is, the futures fail. */
  public static RedisRolloutStatusStore open(RedisConfig config) {
    return new RedisRolloutStatusStore(new RedisConnections(config));
  }

  private static String key(String model, long revision) {
    return "millrace:rollout:" + model + ":" + revision;
  }

  @Override
  public CompletableFuture<Void> append(RolloutStatus status) {
    byte[][] arguments = {
      MessageCodec.ROLLOUT_STATUS.encode(status), bytes(-MAX_ENTRIES), bytes(TTL.toMillis())
    };
    return connections
        .<Long>run(
            "keep the status of a rollout",
            redis ->
                redis.eval(
                    APPEND,
                    ScriptOutputType.INTEGER,
                    new String[] {key(status.getModel(), status.getRevision())},
                    arguments))
        .thenApply(set -> null);
  }

  @Override
  public CompletableFuture<List<RolloutStatus>> read(String model, long revision) {
    return connections
        .run("read the status of a rollout", redis -> redis.lrange(key(model, revision), 0, -1))
        .thenApply(entries -> entries.stream().map(RedisRolloutStatusStore::status).toList());
  }

  private static RolloutStatus status(byte[] entry) {
    try {
      return MessageCodec.ROLLOUT_STATUS.decode(entry);
    } catch (DecodeException e) {
      throw new CorruptEntryException("An entry of a rollout is not a status", e);
    }
  }

  private static byte[] bytes(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    connections.close();
  }
}
