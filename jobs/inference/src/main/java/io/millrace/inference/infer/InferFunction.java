package io.millrace.inference.infer;

import io.millrace.inference.route.RoutedRequest;
import io.millrace.jobs.progress.ProgressReport;
import io.millrace.jobs.progress.ProgressReporting;
import io.millrace.schemas.avro.Cancel;
import io.millrace.schemas.avro.InferenceResult;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * Hands requests to the {@link InferenceService} and its results to the stream. A request whose
 * task ends first stays unanswered here: Flink keeps it in the checkpoint and gives it again.
 */
public final class InferFunction extends RichAsyncFunction<RoutedRequest, InferenceResult> {

  private static final long serialVersionUID = 1L;

  private final InferenceServiceFactory factory;
  private final ProgressReporting reporting;
  private transient InferenceServiceFactory.Opened opened;
  private transient ProgressReport progress;

  public InferFunction(InferenceServiceFactory factory, ProgressReporting reporting) {
    this.factory = factory;
    this.reporting = reporting;
  }

  @Override
  public void open(OpenContext context) {
    opened = factory.open(getRuntimeContext().getTaskInfo().getTaskNameWithSubtasks());
    progress = reporting.open();
  }

  @Override
  public void asyncInvoke(RoutedRequest request, ResultFuture<InferenceResult> answer) {
    if (request.command().getCommand() instanceof Cancel) {
      opened.service().cancel(request.command());
      answer.complete(List.of());
      return;
    }
    progress.entered();
    var unused =
        opened
            .service()
            .infer(request)
            .thenAccept(result -> answer.complete(List.of(result)))
            .whenComplete((done, closing) -> progress.left());
  }

  @Override
  public void timeout(RoutedRequest request, ResultFuture<InferenceResult> answer) {
    // Completes what infer() has returned, and so the answer.
    opened.service().timeOut(request);
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
