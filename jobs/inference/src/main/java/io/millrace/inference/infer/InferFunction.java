package io.millrace.inference.infer;

import io.millrace.inference.metrics.FlinkMeters;
import io.millrace.inference.publish.Outcome;
import io.millrace.inference.rollout.Arm;
import io.millrace.inference.rollout.VersionReadiness;
import io.millrace.inference.route.Probe;
import io.millrace.inference.route.RoutedRequest;
import io.millrace.jobs.progress.ProgressReport;
import io.millrace.jobs.progress.ProgressReporting;
import io.millrace.schemas.avro.Cancel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;

/**
 * Hands requests to the {@link InferenceService} and its results to the stream. A request whose
 * task ends first stays unanswered here: Flink keeps it in the checkpoint and gives it again.
 * Neither shadows, probes nor jobs that have ended count as jobs under way.
 */
public final class InferFunction extends RichAsyncFunction<RoutedRequest, Outcome> {

  private static final long serialVersionUID = 1L;

  /** Shadows that were not run because too many were under way. */
  private static final String DROPPED_SHADOWS = "millrace_shadow_dropped_total";

  private final InferenceServiceFactory factory;
  private final ProgressReporting reporting;
  private transient InferenceServiceFactory.Opened opened;
  private transient int subtask;
  private transient int subtasks;
  private transient ProgressReport progress;

  public InferFunction(InferenceServiceFactory factory, ProgressReporting reporting) {
    this.factory = factory;
    this.reporting = reporting;
  }

  @Override
  public void open(OpenContext context) {
    TaskInfo task = getRuntimeContext().getTaskInfo();
    subtask = task.getIndexOfThisSubtask();
    subtasks = task.getNumberOfParallelSubtasks();
    InferenceServiceFactory.Opened service =
        factory.open(
            task.getTaskNameWithSubtasks(), new FlinkMeters(getRuntimeContext().getMetricGroup()));
    opened = service;
    getRuntimeContext()
        .getMetricGroup()
        .gauge(DROPPED_SHADOWS, (Gauge<Long>) () -> service.service().droppedShadows());
    progress = reporting.open();
  }

  @Override
  public void asyncInvoke(RoutedRequest request, ResultFuture<Outcome> answer) {
    if (request.probe() != null) {
      probe(request.probe(), answer);
    } else if (request.rejected() != null) {
      answer.complete(List.of(Outcome.rejected(request.rejected())));
    } else if (request.command().getCommand() instanceof Cancel) {
      opened.service().cancel(request.command());
      answer.complete(List.of());
    } else if (request.arm() == Arm.SHADOW) {
      var unused = infer(request, answer);
    } else {
      progress.entered();
      var unused = infer(request, answer).whenComplete((done, closing) -> progress.left());
    }
  }

  private CompletableFuture<Void> infer(RoutedRequest request, ResultFuture<Outcome> answer) {
    return opened
        .service()
        .infer(request)
        .thenAccept(outcome -> answer.complete(outcome.stream().toList()));
  }

  /**
   * Says nothing while the versions load, and does not wait for them either: results that come
   * after a watermark wait for everything before it, and would wait for the load.
   */
  private void probe(Probe probe, ResultFuture<Outcome> answer) {
    CompletableFuture<Optional<String>> loaded = opened.service().load(probe);
    if (loaded.isDone()) {
      var unused =
          loaded.thenAccept(failure -> answer.complete(readiness(probe, failure.orElse(null))));
    } else {
      answer.complete(List.of());
    }
  }

  private List<Outcome> readiness(Probe probe, @Nullable String failure) {
    return List.of(
        Outcome.of(
            new VersionReadiness(probe.model(), probe.revision(), subtask, subtasks, failure)));
  }

  @Override
  public void timeout(RoutedRequest request, ResultFuture<Outcome> answer) {
    if (request.probe() != null) {
      answer.complete(
          readiness(request.probe(), "not loaded within the time of the inference step"));
    } else if (request.rejected() == null) {
      // Completes what infer() has returned, and so the answer.
      opened.service().timeOut(request);
    }
  }

  @Override
  public void close() {
    if (opened != null) {
      opened.close();
    }
    if (progress != null) {
      progress.close();
    }
  }
}
