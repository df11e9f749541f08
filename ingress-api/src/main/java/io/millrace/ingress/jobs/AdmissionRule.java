package io.millrace.ingress.jobs;

import io.millrace.ingress.problem.ProblemException;
import java.util.concurrent.CompletableFuture;

/**
 * Says whether jobs may come in. Beans of this type are asked in the order of {@link
 * io.micronaut.core.annotation.Order}, the cheapest first; the first that refuses counts.
 */
public interface AdmissionRule {

  /**
   * Asks to let jobs in.
   *
   * @param jobs how many at once, at least 1
   * @return fails with a {@link ProblemException} that says when to come again
   */
  CompletableFuture<Void> admit(Submission submission, int jobs);
}
