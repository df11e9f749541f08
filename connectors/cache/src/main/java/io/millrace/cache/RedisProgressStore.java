package io.millrace.cache;

import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The progress of a job in the hash {@code millrace:progress:<job>}: a field a process, with the
 * time of its report by Redis' clock, the records in flight, and {@code partition:position} for
 * each partition.
 */
public final class RedisProgressStore implements ProgressStore {

  /** How long a report counts: several times the interval between reports. */
  public static final Duration FRESH = Duration.ofSeconds(3);

  // Redis' clock is the only one: those of the processes may differ by more than a report counts.
  private static final String NOW =
      "local time = redis.call('TIME') "
          + "local now = time[1] * 1000 + math.floor(time[2] / 1000) ";
  private static final String PUBLISH =
      NOW
          + "redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f ', now) .. ARGV[2]) "
          + "return redis.call('PEXPIRE', KEYS[1], ARGV[3])";
  private static final String READ =
      NOW
          + "local all = redis.call('HGETALL', KEYS[1]) "
          + "local fresh = {} "
          + "for i = 1, #all, 2 do "
          + "  local at, report = string.match(all[i + 1], '^(%d+) (.*)$') "
          + "  if at and now - at > tonumber(ARGV[1]) then redis.call('HDEL', KEYS[1], all[i]) "
          + "  else fresh[#fresh + 1] = report or all[i + 1] end "
          + "end "
          + "return fresh";

  private final RedisConnections connections;
  private final String key;
  private final Duration fresh;

  private RedisProgressStore(RedisConnections connections, String key, Duration fresh) {
    this.connections = connections;
    this.key = key;
    this.fresh = fresh;
  }

  /**
   * Opens a store. Redis need not be there yet: until it is, the futures fail.
   *
   * @param job a name that the job and those who ask for its progress know: its consumer group
   */
  public static RedisProgressStore open(RedisConfig config, String job) {
    return open(config, job, FRESH);
  }

  static RedisProgressStore open(RedisConfig config, String job, Duration fresh) {
    return new RedisProgressStore(new RedisConnections(config), "millrace:progress:" + job, fresh);
  }

  @Override
  public CompletableFuture<Void> publish(String process, JobProgress progress) {
    return connections
        .<Long>run(
            "report a job's progress",
            redis ->
                redis.eval(
                    PUBLISH,
                    ScriptOutputType.INTEGER,
                    new String[] {key},
                    bytes(process),
                    bytes(encode(progress)),
                    bytes(Long.toString(fresh.toMillis()))))
        .thenApply(done -> null);
  }

  @Override
  public CompletableFuture<Void> withdraw(String process) {
    return connections
        .run("take a job's progress back", redis -> redis.hdel(key, process))
        .thenApply(removed -> null);
  }

  @Override
  public CompletableFuture<Optional<JobProgress>> read() {
    return connections
        .<List<byte[]>>run(
            "read a job's progress",
            redis ->
                redis.eval(
                    READ,
                    ScriptOutputType.MULTI,
                    new String[] {key},
                    bytes(Long.toString(fresh.toMillis()))))
        .thenApply(this::merge);
  }

  private static String encode(JobProgress progress) {
    return progress.positions().entrySet().stream()
        .map(entry -> " " + entry.getKey() + ":" + entry.getValue())
        .collect(Collectors.joining("", Long.toString(progress.inFlight()), ""));
  }

  private Optional<JobProgress> merge(List<byte[]> reports) {
    if (reports.isEmpty()) {
      return Optional.empty();
    }
    Map<Integer, Long> positions = new HashMap<>();
    long inFlight = 0;
    try {
      for (byte[] report : reports) {
        String[] words = new String(report, StandardCharsets.UTF_8).split(" ", -1);
        inFlight += Long.parseLong(words[0]);
        for (int i = 1; i < words.length; i++) {
          int colon = words[i].indexOf(':');
          positions.merge(
              Integer.parseInt(words[i], 0, Math.max(0, colon), 10),
              Long.parseLong(words[i].substring(colon + 1)),
              Math::max);
        }
      }
    } catch (NumberFormatException e) {
      throw new CorruptEntryException(
          key + " in Redis cannot be read: expected numbers and partition:position", e);
    }
    return Optional.of(new JobProgress(positions, inFlight));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    connections.close();
  }
}
