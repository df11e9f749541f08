package io.millrace.evaluation.replay;

import io.millrace.evaluation.ask.AskFunction;
import io.millrace.evaluation.ask.Asker;
import io.millrace.evaluation.ask.Models;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks the other version about the requests that can be compared. */
final class AskAgain extends AskFunction<RecordedJob, ReplayedJob> {

  private static final long serialVersionUID = 1L;

  AskAgain(Models models, String model, String version) {
    super(models, model, List.of(version));
  }

  @Override
  protected CompletableFuture<ReplayedJob> ask(Asker versions, RecordedJob job) {
    if (job.kind() != RequestKind.COMPARABLE) {
      return CompletableFuture.completedFuture(
          new ReplayedJob(job.kind(), ProductionAnswer.NONE, null));
    }
    return versions
        .ask(job.inputs())
        .thenApply(
            replies ->
                new ReplayedJob(job.kind(), job.answer(), replies.get(0).withoutProbabilities()));
  }
}
