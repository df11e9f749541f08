package io.millrace.ingress.backpressure;

import io.micronaut.core.annotation.Order;
import io.millrace.ingress.jobs.AdmissionRule;
import io.millrace.ingress.jobs.Submission;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** Refuses jobs while the queue is full. Before rules that cost more, and that use something up. */
@Singleton
@Order(QueueFullRule.ORDER)
final class QueueFullRule implements AdmissionRule {

  static final int ORDER = -100;

  private final QueueDepth depth;

  QueueFullRule(QueueDepth depth) {
    this.depth = depth;
  }

  @Override
  public CompletableFuture<Void> admit(Submission submission, int jobs) {
    return depth
        .admit(jobs)
        .map(refusal -> CompletableFuture.<Void>failedFuture(problem(refusal)))
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  private static ProblemException problem(QueueDepth.Refusal refusal) {
    double wait = refusal.queue().waitSeconds();
    String about =
        Double.isNaN(wait)
            ? ""
            : String.format(Locale.ROOT, ", which takes about %.0f s", Math.ceil(wait));
    return ProblemException.retry(
        ProblemType.QUEUE_FULL,
        String.format(
            Locale.ROOT,
            "The queue is full: %d jobs are not finished%s; submit the job later.",
            refusal.queue().depth(),
            about),
        refusal.retryAfter());
  }
}
