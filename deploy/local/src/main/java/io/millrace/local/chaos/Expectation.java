package io.millrace.local.chaos;

import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.ResultStatus;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The outcome that a job must have.
 *
 * @param label for tables
 */
record Expectation(String label, Predicate<InferenceResult> holds) {

  /** An answer, wherever it comes from. */
  static Expectation success() {
    return new Expectation("succeeded", result -> result.getStatus() == ResultStatus.SUCCEEDED);
  }

  /** A failure for one of these reasons. */
  static Expectation failure(ErrorReason... reasons) {
    Set<ErrorReason> expected = Set.of(reasons);
    return new Expectation(
        "failed, "
            + Arrays.stream(reasons).map(ErrorReason::name).collect(Collectors.joining(" or ")),
        result ->
            result.getStatus() == ResultStatus.FAILED
                && result.getError() != null
                && expected.contains(result.getError().getReason()));
  }

  /** An answer of this origin and version. */
  static Expectation answer(Origin origin, String version) {
    return new Expectation(
        "succeeded, " + origin,
        result ->
            result.getStatus() == ResultStatus.SUCCEEDED
                && result.getOrigin() == origin
                && Objects.equals(result.getVersion(), version));
  }

  /** Either of two outcomes. */
  Expectation or(Expectation other) {
    return new Expectation(label + " or " + other.label, holds.or(other.holds));
  }
}
