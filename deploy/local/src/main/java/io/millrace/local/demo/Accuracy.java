package io.millrace.local.demo;

import io.millrace.local.audit.Answer;
import io.millrace.local.audit.ResultAudit;
import io.millrace.local.data.Utterance;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares predicted labels with true ones, over the jobs whose row was held out and has a label.
 *
 * @param right jobs whose predicted label is the true one
 * @param counted jobs that count; one without an answer counts as wrong
 */
record Accuracy(long right, long counted) {

  /**
   * Counts jobs.
   *
   * @param sent the row that each accepted job was made of, by job id
   */
  static Accuracy of(Map<String, Utterance> sent, ResultAudit audit) {
    long right = 0;
    long counted = 0;
    for (Map.Entry<String, Utterance> job : sent.entrySet()) {
      Utterance row = job.getValue();
      if (row.heldOut() && row.label() != null) {
        Optional<Answer> answer = audit.result(job.getKey()).flatMap(Answer::of);
        counted++;
        right += answer.isPresent() && answer.get().label().equals(row.label()) ? 1 : 0;
      }
    }
    return new Accuracy(right, counted);
  }

  /** The share of right ones; null when none counts. */
  @Nullable Double share() {
    return counted == 0 ? null : (double) right / counted;
  }
}
