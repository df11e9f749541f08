package io.millrace.ingress.jobs;

import io.micronaut.http.sse.Event;
import io.millrace.cache.JobEntry;
import io.millrace.ingress.JobSettings;
import io.millrace.ingress.RedisSettings;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Jobs as streams of events. A stream is a row of waits for the job, each as long as a heartbeat,
 * so it counts among those who wait, learns of an end that no notification told of, and ends when
 * the server does. What an event's id is follows from the job alone: any server goes on with a
 * stream.
 */
@Singleton
final class JobEvents {

  /** The job is accepted. */
  private static final String BEGUN = "1";

  /** The job has ended. */
  private static final String ENDED = "2";

  private final JobQueries queries;
  private final JobWaits waits;
  private final Duration heartbeat;
  private final Duration resultTtl;

  JobEvents(JobQueries queries, JobWaits waits, JobSettings settings, RedisSettings redis) {
    this.queries = queries;
    this.waits = waits;
    this.heartbeat = settings.heartbeat();
    this.resultTtl = redis.resultTtl();
  }

  /**
   * The events of a job. The future fails as {@link JobQueries#find} does, and with {@code
   * OVERLOADED} when there is no room to wait.
   *
   * @param lastEventId the last event that the client has seen; null for none
   * @return empty when nothing is to come any more
   * @throws ProblemException as {@link JobQueries#find}
   */
  CompletableFuture<Optional<Flux<Event<Object>>>> follow(
      String tenant, String id, @Nullable String lastEventId) {
    return queries
        .find(tenant, id, Optional.empty())
        .thenApply(answer -> stream(tenant, answer.job(), lastEventId));
  }

  private Optional<Flux<Event<Object>>> stream(
      String tenant, JobEntry job, @Nullable String lastEventId) {
    if (job instanceof JobEntry.Finished) {
      return ENDED.equals(lastEventId) ? Optional.empty() : Optional.of(Flux.just(event(job)));
    }
    if (!waits.hasRoom()) {
      throw new ProblemException(
          ProblemType.OVERLOADED, "Too many requests wait for results; follow the job again.");
    }
    Flux<Event<Object>> begun =
        BEGUN.equals(lastEventId) ? Flux.just(alive()) : Flux.just(event(job));
    return Optional.of(begun.concatWith(rest(tenant, job.jobId())));
  }

  /** Heartbeats up to the end; without the end when the server stops or has no room to wait. */
  private Flux<Event<Object>> rest(String tenant, String jobId) {
    return Mono.fromFuture(() -> queries.find(tenant, jobId, Optional.of(heartbeat)))
        .map(Optional::of)
        // Away or emptied now: the client is better off waiting here than asking again.
        .onErrorResume(failure -> Mono.just(Optional.<JobAnswer>empty()).delayElement(heartbeat))
        .repeat(waits::hasRoom)
        .takeUntil(answer -> answer.map(known -> isLast(known)).orElse(false))
        .filter(answer -> !answer.map(JobEvents::isCut).orElse(false))
        .map(
            answer ->
                answer
                    .map(JobAnswer::job)
                    .filter(JobEntry.Finished.class::isInstance)
                    .map(this::event)
                    .orElseGet(JobEvents::alive));
  }

  private static boolean isLast(JobAnswer answer) {
    return answer.job() instanceof JobEntry.Finished || isCut(answer);
  }

  /** The answer came without waiting, though the job has not ended. */
  private static boolean isCut(JobAnswer answer) {
    return !(answer.job() instanceof JobEntry.Finished) && answer.waited().isEmpty();
  }

  private Event<Object> event(JobEntry entry) {
    Job job = Job.of(entry, resultTtl);
    return Event.<Object>of(job)
        .name(job.status())
        .id(entry instanceof JobEntry.Finished ? ENDED : BEGUN);
  }

  /** A comment, which clients pass over. */
  private static Event<Object> alive() {
    return Event.<Object>of("").comment("alive");
  }
}
