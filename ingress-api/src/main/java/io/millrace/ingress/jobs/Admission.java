package io.millrace.ingress.jobs;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** All rules that a submission must pass, one after the other. */
@Singleton
final class Admission {

  private final List<AdmissionRule> rules;

  Admission(List<AdmissionRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** Asks each rule until one refuses; fails as that rule does. */
  CompletableFuture<Void> admit(Submission submission, int jobs) {
    CompletableFuture<Void> admitted = CompletableFuture.completedFuture(null);
    for (AdmissionRule rule : rules) {
      admitted = admitted.thenCompose(nothing -> rule.admit(submission, jobs));
    }
    return admitted;
  }
}
