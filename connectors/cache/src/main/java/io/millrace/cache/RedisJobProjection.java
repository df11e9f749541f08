package io.millrace.cache;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.millrace.schemas.avro.InferenceResult;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The entries of {@link RedisJobStore} as a projection, with {@link RedisTopicProgress}.
 *
 * <p>The futures fail with {@link CacheUnavailableException} when Redis cannot be reached or does
 * not answer in time, and with {@link CorruptEntryException} when what is there cannot be read.
 */
public final class RedisJobProjection implements JobProjection {

  // One script each, so that nothing can be lost between its commands.
  private static final String FINISH_UNLESS_FINISHED =
      "if redis.call('GETRANGE', KEYS[1], 0, 0) == ARGV[5] then return 0 end "
          + "redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) "
          + "redis.call('PUBLISH', ARGV[3], ARGV[4]) "
          + "return 1";
  // The entry alone, or the names and values of the hash, which are an even number.
  // The entry, empty when there is none, and after it the fields of the progress.
  private static final String LOOK_UP =
      "local reply = redis.call('HGETALL', KEYS[2]) "
          + "table.insert(reply, 1, redis.call('GET', KEYS[1]) or '') "
          + "return reply";

  private final RedisConnections connections;
  private final RedisTopicProgress progress;
  private final Duration ttl;
  private final Clock clock;

  private RedisJobProjection(RedisConnections connections, Duration ttl, Clock clock) {
    this.connections = connections;
    this.progress = new RedisTopicProgress(connections);
    this.ttl = ttl;
    this.clock = clock;
  }

  /**
   * Opens a projection, on connections of its own: writing many entries holds up no reader. Redis
   * need not be there yet: until it is, the futures fail.
   *
   * @param ttl how long an entry is kept since its job was accepted or ended, at least 1 ms; the
   *     store's
   */
  public static RedisJobProjection open(RedisConfig config, Duration ttl, Clock clock) {
    RedisConfig.checkAtLeastOneMilli("ttl", ttl);
    return new RedisJobProjection(new RedisConnections(config), ttl, clock);
  }

  static String key(String topic) {
    return RedisTopicProgress.key(topic);
  }

  @Override
  public CompletableFuture<TopicProgress> progress(String topic) {
    return progress.read(topic);
  }

  @Override
  public CompletableFuture<Boolean> advance(String topic, TopicProgress.Step step) {
    return progress.advance(topic, step);
  }

  @Override
  public CompletableFuture<Map<String, JobStage>> stages(Collection<String> jobIds) {
    List<String> ids = jobIds.stream().distinct().toList();
    return connections.run("look up jobs", redis -> stages(redis, ids));
  }

  private static CompletionStage<Map<String, JobStage>> stages(
      RedisAsyncCommands<String, byte[]> redis, List<String> ids) {
    List<CompletableFuture<byte[]>> beginnings =
        ids.stream()
            .map(id -> redis.getrange(RedisJobStore.key(id), 0, 0).toCompletableFuture())
            .toList();
    return CompletableFuture.allOf(beginnings.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            all -> {
              Map<String, JobStage> stages = new HashMap<>();
              for (int i = 0; i < ids.size(); i++) {
                stages.put(ids.get(i), stage(beginnings.get(i).join()));
              }
              return stages;
            });
  }

  private static JobStage stage(byte[] beginning) {
    if (beginning.length == 0) {
      return JobStage.UNKNOWN;
    }
    return JobEntryCodec.isFinished(beginning) ? JobStage.FINISHED : JobStage.ACCEPTED;
  }

  @Override
  public CompletableFuture<Boolean> restore(JobEntry entry) {
    return entry instanceof JobEntry.Finished finished
        ? restore(finished.result())
        : restore((JobEntry.Accepted) entry);
  }

  private CompletableFuture<Boolean> restore(JobEntry.Accepted job) {
    Duration left = left(job.createdAt());
    if (left.toMillis() < 1) {
      return CompletableFuture.completedFuture(false);
    }
    byte[] value = JobEntryCodec.encode(job);
    return connections
        .run(
            "note an accepted job",
            redis ->
                redis.set(RedisJobStore.key(job.jobId()), value, SetArgs.Builder.nx().px(left)))
        .thenApply("OK"::equals);
  }

  private CompletableFuture<Boolean> restore(InferenceResult result) {
    Duration left = left(result.getCompletedAt());
    if (left.toMillis() < 1) {
      return CompletableFuture.completedFuture(false);
    }
    byte[] value = JobEntryCodec.encode(result);
    return connections
        .<Long>run(
            "keep a result",
            redis ->
                redis.eval(
                    FINISH_UNLESS_FINISHED,
                    ScriptOutputType.INTEGER,
                    new String[] {RedisJobStore.key(result.getJobId())},
                    value,
                    bytes(left.toMillis()),
                    bytes(FinishedJobs.CHANNEL),
                    bytes(result.getJobId()),
                    JobEntryCodec.finishedMark()))
        .thenApply(done -> done == 1);
  }

  /** What is left of an entry's time; all of it for a job from the future of another clock. */
  private Duration left(Instant since) {
    Duration left = Duration.between(clock.instant(), since).plus(ttl);
    return left.compareTo(ttl) > 0 ? ttl : left;
  }

  @Override
  public CompletableFuture<LookUp> lookUp(String jobId, String topic) {
    return connections
        .<List<byte[]>>run(
            "find a job",
            redis ->
                redis.eval(LOOK_UP, ScriptOutputType.MULTI, RedisJobStore.key(jobId), key(topic)))
        .thenApply(reply -> lookUp(jobId, topic, reply));
  }

  private static LookUp lookUp(String jobId, String topic, List<byte[]> reply) {
    Map<String, byte[]> fields = new HashMap<>();
    for (int i = 1; i < reply.size(); i += 2) {
      fields.put(new String(reply.get(i), StandardCharsets.UTF_8), reply.get(i + 1));
    }
    byte[] entry = reply.get(0);
    return new LookUp(
        entry.length == 0 ? Optional.empty() : Optional.of(JobEntryCodec.decode(jobId, entry)),
        RedisTopicProgress.decode(topic, fields).completeUntil());
  }

  private static byte[] bytes(Object value) {
    return value.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    connections.close();
  }
}
