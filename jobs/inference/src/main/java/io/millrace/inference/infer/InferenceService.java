package io.millrace.inference.infer;

import io.millrace.cache.ResultCache;
import io.millrace.inference.infer.RunningJob.ContentKey;
import io.millrace.inference.publish.Results;
import io.millrace.inference.route.RoutedRequest;
import io.millrace.inference.tracing.JobSpans;
import io.millrace.models.runtime.ModelRuntime;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Submit;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/**
 * Answers requests: from the result cache, by sharing the computation of an equal content, or by
 * the model; when its version cannot, by the fallback version or with the last good answer. Plain
 * Java, safe for use by several threads.
 */
public final class InferenceService implements AutoCloseable {

  private final Computation.Tools tools;
  private final Timer timer;
  private final SingleFlight<ContentKey, Answer> flights = new SingleFlight<>();
  private final ConcurrentMap<JobKey, RunningJob> jobs = new ConcurrentHashMap<>();

  /**
   * @param preparation where inputs are tokenised: not the caller's thread, which feeds the stream,
   *     and not the cache's, which serves others
   * @param timer ends jobs at their deadlines
   */
  public InferenceService(
      ModelRuntime models,
      ResultCache cache,
      Executor preparation,
      InstantSource clock,
      Timer timer,
      JobSpans spans) {
    tools = new Computation.Tools(models, cache, preparation, clock, spans);
    this.timer = timer;
  }

  /** A job id belongs to one content. */
  private record JobKey(String fingerprint, String jobId) {
    static JobKey of(InferenceCommand command) {
      return new JobKey(command.getFingerprint(), command.getJobId());
    }
  }

  /**
   * Answers one submission. What goes wrong with it becomes a failed result; the future itself
   * fails only when the service is closing, and then the request is not answered.
   */
  public CompletableFuture<InferenceResult> infer(RoutedRequest request) {
    InferenceCommand command = request.command();
    Instant deadline = ((Submit) command.getCommand()).getDeadline();
    Instant now = tools.clock().instant();
    if (deadline != null && !deadline.isAfter(now)) {
      return CompletableFuture.completedFuture(Results.expired(command, null, now));
    }
    RunningJob job = new RunningJob(request, this::join, tools.cache()::findLast, tools.clock());
    JobKey key = JobKey.of(command);
    jobs.put(key, job);
    Timer.Pending expiry = deadline == null ? () -> {} : timer.at(deadline, job::expire);
    var unused =
        job.result()
            .whenComplete(
                (result, closing) -> {
                  jobs.remove(key, job);
                  expiry.cancel();
                  if (result != null) {
                    tools.spans().inferred(result);
                  }
                });
    job.run(Objects.requireNonNull(request.version(), "a submission has a version"));
    return job.result();
  }

  /** Ends a job that has no result yet; what it waited for goes on while others want it. */
  public void cancel(InferenceCommand command) {
    RunningJob job = jobs.get(JobKey.of(command));
    if (job != null) {
      job.cancel();
    }
  }

  /** Ends a request that used up the time of the whole step. */
  public void timeOut(RoutedRequest request) {
    RunningJob job = jobs.get(JobKey.of(request.command()));
    if (job != null) {
      job.timeOut();
    }
  }

  /** Jobs without a result. */
  public int runningJobs() {
    return jobs.size();
  }

  /** Computations that jobs wait for. */
  public int computations() {
    return flights.size();
  }

  /** Takes the items that wait for a batch out of the runtime, which others go on using. */
  @Override
  public void close() {
    jobs.values().forEach(RunningJob::abort);
  }

  private SingleFlight<ContentKey, Answer>.Seat join(RoutedRequest request, String version) {
    return flights.join(
        new ContentKey(request.command().getFingerprint(), version),
        ((Submit) request.command().getCommand()).getPriority(),
        () -> new Computation(tools, request, version));
  }
}
