package io.millrace.cache;

import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Delivery status in Redis: hashes under {@code millrace:webhook:<job id>}, each for a fixed time
 * since it was last written. The futures fail as those of {@link RedisJobStore} do.
 */
public final class RedisWebhookDeliveryStore implements WebhookDeliveryStore {

  // One script, so that no entry is left without its end.
  private static final String PUT =
      "redis.call('HSET', KEYS[1], unpack(ARGV, 2)) "
          + "return redis.call('PEXPIRE', KEYS[1], ARGV[1])";

  private static final String STATE = "state";
  private static final String ATTEMPTS = "attempts";
  private static final String LAST_ATTEMPT_AT = "last_attempt_at";
  private static final String NEXT_ATTEMPT_AT = "next_attempt_at";
  private static final String LAST_STATUS_CODE = "last_status_code";
  private static final String LAST_ERROR = "last_error";

  private final RedisConnections connections;
  private final Duration ttl;

  private RedisWebhookDeliveryStore(RedisConnections connections, Duration ttl) {
    this.connections = connections;
    this.ttl = ttl;
  }

  /**
   * Opens a store. Redis need not be there yet: until it is, the futures fail.
   *
   * @param ttl how long a status is kept, at least 1 ms
   */
  public static RedisWebhookDeliveryStore open(RedisConfig config, Duration ttl) {
    RedisConfig.checkAtLeastOneMilli("ttl", ttl);
    return new RedisWebhookDeliveryStore(new RedisConnections(config), ttl);
  }

  private static String key(String jobId) {
    return "millrace:webhook:" + jobId;
  }

  /** All fields are written each time, so nothing of the former status is left. */
  @Override
  public CompletableFuture<Void> put(WebhookDeliveryStatus status) {
    byte[][] arguments = {
      bytes(ttl.toMillis()),
      bytes(STATE),
      bytes(status.state().name()),
      bytes(ATTEMPTS),
      bytes(status.attempts()),
      bytes(LAST_ATTEMPT_AT),
      bytes(status.lastAttemptAt()),
      bytes(NEXT_ATTEMPT_AT),
      bytes(status.nextAttemptAt()),
      bytes(LAST_STATUS_CODE),
      bytes(status.lastStatusCode()),
      bytes(LAST_ERROR),
      bytes(status.lastError())
    };
    return connections
        .<Long>run(
            "keep a webhook's status",
            redis ->
                redis.eval(
                    PUT, ScriptOutputType.INTEGER, new String[] {key(status.jobId())}, arguments))
        .thenApply(set -> null);
  }

  @Override
  public CompletableFuture<Optional<WebhookDeliveryStatus>> find(String jobId) {
    return connections
        .run("find a webhook's status", redis -> redis.hgetall(key(jobId)))
        .thenApply(
            fields -> fields.isEmpty() ? Optional.empty() : Optional.of(status(jobId, fields)));
  }

  private static WebhookDeliveryStatus status(String jobId, Map<String, byte[]> fields) {
    try {
      String code = text(fields, LAST_STATUS_CODE);
      return new WebhookDeliveryStatus(
          jobId,
          WebhookDeliveryStatus.State.valueOf(text(fields, STATE)),
          Integer.parseInt(text(fields, ATTEMPTS)),
          instant(text(fields, LAST_ATTEMPT_AT)),
          instant(text(fields, NEXT_ATTEMPT_AT)),
          code.isEmpty() ? null : Integer.valueOf(code),
          text(fields, LAST_ERROR).isEmpty() ? null : text(fields, LAST_ERROR));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new CorruptEntryException("The entry of webhook " + jobId + " is not a status", e);
    }
  }

  private static @Nullable Instant instant(String text) {
    return text.isEmpty() ? null : Instant.parse(text);
  }

  private static String text(Map<String, byte[]> fields, String name) {
    byte[] value = fields.get(name);
    return value == null ? "" : new String(value, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(@Nullable Object value) {
    return (value == null ? "" : value.toString()).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    connections.close();
  }
}
