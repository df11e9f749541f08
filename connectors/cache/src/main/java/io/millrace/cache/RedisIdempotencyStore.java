package io.millrace.cache;

import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Idempotency keys in Redis: the hash {@code millrace:idempotency:<SHA-256 of tenant and key>} with
 * {@code request}, {@code job}, the holder's {@code token}, and {@code lease}, until when the claim
 * is the holder's, in ms since 1970 by Redis' own clock; empty once the job is accepted.
 */
public final class RedisIdempotencyStore implements IdempotencyStore {

  // One script each, so that of two replicas one comes first.
  private static final String CLAIM =
      "local known = redis.call('HMGET', KEYS[1], 'request', 'job', 'lease') "
          + "local time = redis.call('TIME') "
          + "local now = time[1] * 1000 + math.floor(time[2] / 1000) "
          + "if not known[1] then "
          + "redis.call('HSET', KEYS[1], 'request', ARGV[1], 'job', ARGV[2], "
          + "'token', ARGV[3], 'lease', now + ARGV[4]) "
          + "redis.call('PEXPIRE', KEYS[1], ARGV[5]) "
          + "return {'held', ARGV[2]} end "
          + "if known[1] ~= ARGV[1] then return {'mismatch'} end "
          + "if known[3] == '' then return {'known', known[2]} end "
          + "if tonumber(known[3]) > now then return {'in-flight'} end "
          + "redis.call('HSET', KEYS[1], 'token', ARGV[3], 'lease', now + ARGV[4]) "
          + "return {'held', known[2]}";
  private static final String ACCEPT =
      "if redis.call('HGET', KEYS[1], 'job') ~= ARGV[1] then return 0 end "
          + "return redis.call('HSET', KEYS[1], 'lease', '')";
  private static final String IF_HELD =
      "local claim = redis.call('HMGET', KEYS[1], 'token', 'lease') "
          + "if claim[1] ~= ARGV[1] or claim[2] == '' then return 0 end ";
  private static final String RELEASE = IF_HELD + "return redis.call('DEL', KEYS[1])";
  private static final String HAND_ON = IF_HELD + "return redis.call('HSET', KEYS[1], 'lease', 0)";

  private final RedisConnections connections;
  private final Duration ttl;
  private final Duration lease;

  private RedisIdempotencyStore(RedisConnections connections, Duration ttl, Duration lease) {
    this.connections = connections;
    this.ttl = ttl;
    this.lease = lease;
  }

  /**
   * Opens a store. Redis need not be there yet: until it is, the futures fail.
   *
   * @param ttl how long a key is remembered since it was first claimed, at least 1 ms
   * @param lease how long a holder has to say what became of the job; longer than that takes
   */
  public static RedisIdempotencyStore open(RedisConfig config, Duration ttl, Duration lease) {
    RedisConfig.checkAtLeastOneMilli("ttl", ttl);
    RedisConfig.checkAtLeastOneMilli("lease", lease);
    return new RedisIdempotencyStore(new RedisConnections(config), ttl, lease);
  }

  /** Of a fixed length, whatever the client sends; no client's key is readable in Redis. */
  static String key(String tenant, String key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(tenant.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(key.getBytes(StandardCharsets.UTF_8));
      return "millrace:idempotency:" + HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  @Override
  public CompletableFuture<IdempotencyClaim> claim(
      String tenant, String key, String request, String jobId) {
    String place = key(tenant, key);
    String token = UUID.randomUUID().toString();
    return connections
        .<List<byte[]>>run(
            "claim an idempotency key",
            redis ->
                redis.eval(
                    CLAIM,
                    ScriptOutputType.MULTI,
                    new String[] {place},
                    bytes(request),
                    bytes(jobId),
                    bytes(token),
                    bytes(Long.toString(lease.toMillis())),
                    bytes(Long.toString(ttl.toMillis()))))
        .thenApply(
            reply ->
                switch (text(reply.get(0))) {
                  case "held" -> new IdempotencyClaim.Held(text(reply.get(1)), place, token);
                  case "known" -> new IdempotencyClaim.Known(text(reply.get(1)));
                  case "in-flight" -> new IdempotencyClaim.InFlight();
                  default -> new IdempotencyClaim.Mismatch();
                });
  }

  @Override
  public CompletableFuture<Void> accepted(IdempotencyClaim.Held claim) {
    return settle("note an accepted idempotency key", ACCEPT, claim.key(), claim.jobId());
  }

  @Override
  public CompletableFuture<Void> release(IdempotencyClaim.Held claim) {
    return settle("release an idempotency key", RELEASE, claim.key(), claim.token());
  }

  @Override
  public CompletableFuture<Void> handOn(IdempotencyClaim.Held claim) {
    return settle("hand an idempotency key on", HAND_ON, claim.key(), claim.token());
  }

  private CompletableFuture<Void> settle(String what, String script, String key, String argument) {
    return connections
        .<Long>run(
            what,
            redis ->
                redis.eval(script, ScriptOutputType.INTEGER, new String[] {key}, bytes(argument)))
        .thenApply(changed -> null);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    connections.close();
  }
}
