package io.millrace.ingress;

import io.millrace.cache.JobEntry;
import io.millrace.cache.JobProjection;
import io.millrace.cache.JobStage;
import io.millrace.cache.TopicProgress;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A projection in memory, of topics with one partition, that can be away and can be emptied. */
public final class FakeJobProjection implements JobProjection {

  private final Map<String, JobEntry> entries = new HashMap<>();
  private final Map<String, Long> offsets = new HashMap<>();
  private final Map<String, Instant> completeUntil = new HashMap<>();
  private @Nullable RuntimeException away;

  /** Fails everything from now on; null for no more. */
  public void away(@Nullable RuntimeException failure) {
    away = failure;
  }

  /** Forgets everything. */
  public void empty() {
    entries.clear();
    offsets.clear();
    completeUntil.clear();
  }

  public Map<String, JobEntry> entries() {
    return entries;
  }

  public @Nullable Long offset(String topic) {
    return offsets.get(topic);
  }

  public @Nullable Instant completeUntil(String topic) {
    return completeUntil.get(topic);
  }

  @Override
  public CompletableFuture<TopicProgress> progress(String topic) {
    return answer(
        () ->
            new TopicProgress(
                offsets.containsKey(topic)
                    ? Map.of(0, Objects.requireNonNull(offsets.get(topic)))
                    : Map.of(),
                Optional.ofNullable(completeUntil.get(topic))));
  }

  @Override
  public CompletableFuture<Boolean> advance(String topic, TopicProgress.Step step) {
    return answer(
        () -> {
          if (!Objects.equals(offsets.get(topic), step.from())) {
            return false;
          }
          offsets.put(topic, step.to());
          if (step.completeUntil() != null) {
            completeUntil.put(topic, step.completeUntil());
          }
          return true;
        });
  }

  @Override
  public CompletableFuture<Map<String, JobStage>> stages(Collection<String> jobIds) {
    return answer(
        () -> jobIds.stream().collect(Collectors.toMap(Function.identity(), this::stage)));
  }

  private JobStage stage(String jobId) {
    JobEntry entry = entries.get(jobId);
    if (entry == null) {
      return JobStage.UNKNOWN;
    }
    return entry instanceof JobEntry.Finished ? JobStage.FINISHED : JobStage.ACCEPTED;
  }

  @Override
  public CompletableFuture<Boolean> restore(JobEntry entry) {
    return answer(
        () -> {
          entries.put(entry.jobId(), entry);
          return true;
        });
  }

  @Override
  public CompletableFuture<LookUp> lookUp(String jobId, String topic) {
    return answer(
        () ->
            new LookUp(
                Optional.ofNullable(entries.get(jobId)),
                Optional.ofNullable(completeUntil.get(topic))));
  }

  private <T> CompletableFuture<T> answer(Supplier<T> answer) {
    return away == null
        ? CompletableFuture.completedFuture(answer.get())
        : CompletableFuture.failedFuture(away);
  }

  @Override
  public void close() {}
}
