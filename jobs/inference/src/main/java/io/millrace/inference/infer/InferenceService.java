package io.millrace.inference.infer;

import io.millrace.cache.ResultCache;
import io.millrace.inference.infer.RunningJob.ContentKey;
import io.millrace.inference.metrics.ComputationMetrics;
import io.millrace.inference.publish.Outcome;
import io.millrace.inference.publish.Results;
import io.millrace.inference.rollout.Arm;
import io.millrace.inference.route.Probe;
import io.millrace.inference.route.RoutedRequest;
import io.millrace.inference.tracing.JobSpans;
import io.millrace.models.ModelVersion;
import io.millrace.models.runtime.ModelRuntime;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Priority;
import io.millrace.schemas.avro.Submit;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;

/**
 * Answers requests: from the result cache, by sharing the computation of an equal content, or by
 * the model; when its version cannot, by those that stand in for it or with the last good answer.
 * Plain Java, safe for use by several threads.
 */
public final class InferenceService implements AutoCloseable {

  private final Computation.Tools tools;
  private final Timer timer;
  private final SingleFlight<ContentKey, Answer> flights = new SingleFlight<>();
  private final ConcurrentMap<JobKey, RunningJob> jobs = new ConcurrentHashMap<>();
  private final ConcurrentMap<JobKey, RunningShadow> shadows = new ConcurrentHashMap<>();
  private final LongAdder droppedShadows = new LongAdder();
  private final int maxShadows;
  private final Sampling sampling;

  /**
   * @param maxShadows shadows under way at most; more are dropped
   * @param sampling what is told of answers
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
      JobSpans spans,
      ComputationMetrics metrics,
      int maxShadows,
      Sampling sampling) {
    this.maxShadows = maxShadows;
    this.sampling = sampling;
    tools = new Computation.Tools(models, cache, preparation, clock, spans, metrics);
    this.timer = timer;
  }

  /** A job id belongs to one content. */
  private record JobKey(String fingerprint, String jobId) {
    static JobKey of(InferenceCommand command) {
      return new JobKey(command.getFingerprint(), command.getJobId());
    }
  }

  /**
   * Answers one submission, or lets a candidate answer it unseen. What goes wrong with it becomes a
   * failed result or an observation; the future itself fails only when the service is closing, and
   * then the request is not answered. Nothing when there is neither result nor observation.
   */
  public CompletableFuture<Optional<Outcome>> infer(RoutedRequest request) {
    return request.arm() == Arm.SHADOW ? shadow(request) : job(request).thenApply(Optional::of);
  }

  /**
   * Waits until versions are loaded and warm.
   *
   * @return which cannot be loaded; nothing when all are. Fails only when the service is closing
   */
  public CompletableFuture<Optional<String>> load(Probe probe) {
    CompletableFuture<Optional<String>> loaded =
        CompletableFuture.completedFuture(Optional.empty());
    for (String version : probe.versions()) {
      loaded =
          loaded.thenCombine(
              load(probe.model(), version), (before, failure) -> before.or(() -> failure));
    }
    return loaded;
  }

  private CompletableFuture<Optional<String>> load(String model, String version) {
    CompletableFuture<ModelRuntime.ServedModel> load;
    try {
      load = tools.models().load(new ModelVersion(model, version));
    } catch (IllegalArgumentException e) {
      load = CompletableFuture.failedFuture(e);
    }
    return load.thenApply(served -> Optional.<String>empty())
        .exceptionally(
            failure -> Optional.of("version " + version + ": " + Failures.of(failure).message()));
  }

  private CompletableFuture<Outcome> job(RoutedRequest request) {
    InferenceCommand command = request.command();
    Instant deadline = ((Submit) command.getCommand()).getDeadline();
    Instant now = tools.clock().instant();
    if (deadline != null && !deadline.isAfter(now)) {
      return CompletableFuture.completedFuture(
          Outcome.of(Results.expired(command, null, now), null, null));
    }
    RunningJob job =
        new RunningJob(request, this::join, tools.cache()::findLast, tools.clock(), sampling);
    JobKey key = JobKey.of(command);
    jobs.put(key, job);
    Timer.Pending expiry = deadline == null ? () -> {} : timer.at(deadline, job::expire);
    var unused =
        job.outcome()
            .whenComplete(
                (outcome, closing) -> {
                  jobs.remove(key, job);
                  expiry.cancel();
                  if (outcome != null && outcome.result() != null) {
                    tools.spans().inferred(outcome.result());
                  }
                });
    job.run();
    return job.outcome();
  }

  /** Costs a job nothing: it goes behind all others, and not at all when there are too many. */
  private CompletableFuture<Optional<Outcome>> shadow(RoutedRequest request) {
    if (shadows.size() >= maxShadows) {
      droppedShadows.increment();
      return CompletableFuture.completedFuture(Optional.empty());
    }
    RunningShadow shadow = new RunningShadow(request, tools.clock(), sampling);
    JobKey key = JobKey.of(request.command());
    shadows.put(key, shadow);
    String candidate = Objects.requireNonNull(request.version(), "a shadow has a version");
    // Production first: its answer may be there any moment.
    CompletableFuture<Optional<Answer.Success>> production = production(request);
    shadow.run(join(request, candidate, Priority.LOW), production);
    return shadow.outcome().whenComplete((observed, closing) -> shadows.remove(key, shadow));
  }

  /** What production says to a request's content, if it is asked or was. */
  private CompletableFuture<Optional<Answer.Success>> production(RoutedRequest request) {
    String version = Objects.requireNonNull(request.productionVersion(), "a shadow is of one");
    String fingerprint = request.command().getFingerprint();
    return flights
        .outcome(new ContentKey(fingerprint, version))
        .map(
            flight ->
                flight
                    .handle((answer, gone) -> answer)
                    .thenApply(
                        answer ->
                            answer instanceof Answer.Success success
                                ? Optional.of(success)
                                : Optional.<Answer.Success>empty()))
        .orElseGet(() -> Computation.cached(tools.cache(), request, version));
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
    JobKey key = JobKey.of(request.command());
    if (request.arm() == Arm.SHADOW) {
      RunningShadow shadow = shadows.get(key);
      if (shadow != null) {
        shadow.giveUp();
      }
      return;
    }
    RunningJob job = jobs.get(key);
    if (job != null) {
      job.timeOut();
    }
  }

  /** Shadows that were not run because too many were under way. */
  public long droppedShadows() {
    return droppedShadows.sum();
  }

  /** Jobs without a result. */
  public int runningJobs() {
    return jobs.size();
  }

  /** Shadows under way. */
  public int runningShadows() {
    return shadows.size();
  }

  /** Computations that jobs and shadows wait for. */
  public int computations() {
    return flights.size();
  }

  /** Takes the items that wait for a batch out of the runtime, which others go on using. */
  @Override
  public void close() {
    jobs.values().forEach(RunningJob::abort);
    shadows.values().forEach(RunningShadow::abort);
  }

  private SingleFlight<ContentKey, Answer>.Seat join(RoutedRequest request, String version) {
    return join(request, version, ((Submit) request.command().getCommand()).getPriority());
  }

  private SingleFlight<ContentKey, Answer>.Seat join(
      RoutedRequest request, String version, Priority priority) {
    return flights.join(
        new ContentKey(request.command().getFingerprint(), version),
        priority,
        () -> new Computation(tools, request, version, priority));
  }
}
