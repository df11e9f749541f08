package io.millrace.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.local.audit.ResultAudit;
import io.millrace.local.audit.Results;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.InferenceError;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.ResultStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgementTest {

  private final Map<String, Question> accepted = new LinkedHashMap<>();
  private final ResultAudit audit = new ResultAudit();

  @Test
  void countsWhatIsMissingDoubleAndWrong() {
    // Given
    accept("right", Expectation.success());
    accept("fails-as-it-must", Expectation.failure(ErrorReason.TIMEOUT, ErrorReason.MODEL_FAILURE));
    accept("wrong-reason", Expectation.failure(ErrorReason.TIMEOUT));
    accept("wrong-status", Expectation.success());
    accept("twice", Expectation.success());
    accept("missing", Expectation.success());
    audit.add(Results.answered("right", Origin.CACHED));
    audit.add(failed("fails-as-it-must", ErrorReason.MODEL_FAILURE));
    audit.add(failed("wrong-reason", ErrorReason.MODEL_FAILURE));
    audit.add(failed("wrong-status", ErrorReason.MODEL_FAILURE));
    audit.add(Results.answered("twice", Origin.COMPUTED));
    audit.add(Results.answered("twice", Origin.COMPUTED));

    // When
    Judgement judgement = Judgement.of(accepted, audit);

    // Then
    assertThat(judgement.verdict("crash", 0)).isEqualTo(new Verdict("crash", 6, 5, 1, 1, 2));
    assertThat(judgement.verdict("crash", 3).wrong()).isEqualTo(5);
    assertThat(judgement.findings())
        .extracting(Findings.Finding::what, Findings.Finding::found)
        .contains(tuple("expected: succeeded", "2 of 4"), tuple("failures", "3 MODEL_FAILURE"));
  }

  @Test
  void anAnswerMustHaveItsOriginAndVersion() {
    Expectation fallback = Expectation.answer(Origin.FALLBACK, "1.0.0");

    assertThat(fallback.holds().test(Results.answered("a", Origin.FALLBACK))).isTrue();
    assertThat(fallback.holds().test(Results.answered("a", Origin.STALE))).isFalse();
    assertThat(
            Expectation.answer(Origin.FALLBACK, "2.0.0")
                .holds()
                .test(Results.answered("a", Origin.FALLBACK)))
        .isFalse();
  }

  private void accept(String jobId, Expectation expected) {
    accepted.put(jobId, Question.of("support-desk", "text of " + jobId, expected));
  }

  private static InferenceResult failed(String jobId, ErrorReason reason) {
    return InferenceResult.newBuilder(Results.ended(jobId, ResultStatus.FAILED))
        .setError(new InferenceError(reason, "told to"))
        .build();
  }
}
