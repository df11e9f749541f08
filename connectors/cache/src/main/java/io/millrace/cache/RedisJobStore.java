package io.millrace.cache;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.millrace.schemas.avro.InferenceResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Jobs in Redis, under {@code millrace:job:<id>}, each for a fixed time since it was last written.
 *
 * <p>The futures fail with {@link CacheUnavailableException} when Redis cannot be reached or does
 * not answer in time (inside a {@code CompletionException} for those who chain), and {@link #find}
 * with {@link CorruptEntryException} when it cannot read what it finds. Only {@link #whenFinished}
 * does not fail then: it goes on waiting, and learns of a job that finished meanwhile when Redis is
 * back. Futures complete on a thread that serves the connection: continue without blocking, or
 * asynchronously.
 */
public final class RedisJobStore implements JobStore {

  private static final Duration DEFAULT_TTL = Duration.ofHours(24);

  // One script, so that nobody hears of a result that is not there.
  private static final String FINISH =
      "redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) "
          + "return redis.call('PUBLISH', ARGV[3], ARGV[4])";

  private final RedisConnections connections;
  private final FinishedJobs finishedJobs;
  private final Duration ttl;

  private RedisJobStore(RedisConnections connections, Waiters waiters, Duration ttl) {
    this.connections = connections;
    this.finishedJobs = new FinishedJobs(connections, waiters);
    this.ttl = ttl;
  }

  /** A store that keeps jobs for 24 hours. */
  public static RedisJobStore open(RedisConfig config) {
    return open(config, DEFAULT_TTL);
  }

  /**
   * Opens a store. Redis need not be there yet: until it is, the futures fail.
   *
   * @param ttl how long an entry is kept, at least 1 ms
   */
  public static RedisJobStore open(RedisConfig config, Duration ttl) {
    return open(config, ttl, new Waiters());
  }

  static RedisJobStore open(RedisConfig config, Duration ttl, Waiters waiters) {
    RedisConfig.checkAtLeastOneMilli("ttl", ttl);
    return new RedisJobStore(new RedisConnections(config), waiters, ttl);
  }

  static String key(String jobId) {
    return "millrace:job:" + jobId;
  }

  @Override
  public CompletableFuture<Void> accepted(JobEntry.Accepted job) {
    byte[] value = JobEntryCodec.encode(job);
    return connections
        .run(
            "note an accepted job",
            redis -> redis.set(key(job.jobId()), value, SetArgs.Builder.nx().px(ttl)))
        .thenApply(reply -> null);
  }

  @Override
  public CompletableFuture<Void> finished(InferenceResult result) {
    byte[] value = JobEntryCodec.encode(result);
    return connections
        .<Long>run(
            "keep a result",
            redis ->
                redis.eval(
                    FINISH,
                    ScriptOutputType.INTEGER,
                    new String[] {key(result.getJobId())},
                    value,
                    bytes(Long.toString(ttl.toMillis())),
                    bytes(FinishedJobs.CHANNEL),
                    bytes(result.getJobId())))
        .thenApply(listeners -> null);
  }

  @Override
  public CompletableFuture<Optional<JobEntry>> find(String jobId) {
    return connections
        .run("find a job", redis -> redis.get(key(jobId)))
        .thenApply(
            value -> Optional.ofNullable(value).map(bytes -> JobEntryCodec.decode(jobId, bytes)));
  }

  @Override
  public CompletableFuture<Void> whenFinished(String jobId) {
    return finishedJobs.await(jobId);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Fails the futures of those who still wait, and closes the connections. */
  @Override
  public void close() {
    finishedJobs.close();
    connections.close();
  }
}
