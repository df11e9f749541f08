package io.millrace.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.local.audit.Answer;
import io.millrace.local.audit.Origins;
import io.millrace.local.audit.ResultAudit;
import io.millrace.local.audit.ResultTally;
import io.millrace.local.audit.Results;
import io.millrace.local.data.Utterance;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.ResultStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultAuditTest {

  private final ResultAudit audit = new ResultAudit();

  @Test
  void countsJobsWithNoResultAndResultsTooMany() {
    // Given
    List.of("a", "b", "a", "a", "b", "c")
        .forEach(jobId -> audit.add(Results.answered(jobId, Origin.CACHED)));

    // Then
    assertThat(audit.missing(List.of("a", "b", "c", "d", "e"))).isEqualTo(2);
    assertThat(audit.duplicateResults()).isEqualTo(3);
    assertThat(audit.results(List.of("a", "d"))).hasSize(1);
  }

  @Test
  void theFirstResultStands() {
    // When
    audit.add(Results.labelled("a", "first", 0.9f));
    audit.add(Results.labelled("a", "second", 0.9f));

    // Then
    assertThat(audit.result("a").flatMap(Answer::of)).contains(new Answer("first", 0.9f));
  }

  @Test
  void accuracyCountsHeldOutRowsWithALabel() {
    // Given
    Map<String, Utterance> sent =
        Map.of(
            "right", new Utterance("1", "x", true),
            "wrong", new Utterance("2", "x", true),
            "unanswered", new Utterance("3", "x", true),
            "failed", new Utterance("4", "x", true),
            "trained-on", new Utterance("5", "x", false),
            "unlabelled", new Utterance("6", null, true));
    audit.add(Results.labelled("right", "x", 1));
    audit.add(Results.labelled("wrong", "y", 1));
    audit.add(Results.ended("failed", ResultStatus.FAILED));
    audit.add(Results.labelled("trained-on", "x", 1));
    audit.add(Results.labelled("unlabelled", "x", 1));

    // When
    Accuracy accuracy = Accuracy.of(sent, audit);

    // Then
    assertThat(accuracy).isEqualTo(new Accuracy(1, 4));
    assertThat(accuracy.share()).isEqualTo(0.25);
    assertThat(Accuracy.of(Map.of(), audit).share()).isNull();
  }

  @Test
  void tallyCountsEachBatchOnce() {
    // Given a batch of two, one of one, and answers that took no computation
    ResultTally tally =
        ResultTally.of(
            List.of(
                Results.computed("a", 2, 10, 12),
                Results.computed("b", 2, 12, 12),
                Results.computed("c", 1, 8, 8),
                Results.answered("d", Origin.CACHED),
                Results.answered("e", Origin.COALESCED),
                Results.ended("f", ResultStatus.FAILED),
                Results.ended("g", ResultStatus.EXPIRED)));

    // Then
    assertThat(tally.succeeded()).isEqualTo(5);
    assertThat(tally.failed()).isEqualTo(1);
    assertThat(tally.cancelled()).isZero();
    assertThat(tally.expired()).isEqualTo(1);
    assertThat(tally.origins()).isEqualTo(new Origins(3, 1, 1, 0, 0));
    assertThat(tally.meanBatchSize()).isEqualTo(1.5);
    assertThat(tally.paddingRatio()).isEqualTo(32.0 / 30);
    assertThat(tally.modelComputeSeconds()).isCloseTo(0.4, within(1e-9));
    assertThat(tally.queueWaitShare()).isCloseTo(0.375, within(1e-9));
  }

  @Test
  void ratiosAreUnknownWhenNothingWasComputed() {
    ResultTally tally = ResultTally.of(List.of(Results.answered("a", Origin.CACHED)));

    assertThat(tally.meanBatchSize()).isNull();
    assertThat(tally.paddingRatio()).isNull();
    assertThat(tally.queueWaitShare()).isNull();
    assertThat(tally.modelComputeSeconds()).isZero();
  }
}
