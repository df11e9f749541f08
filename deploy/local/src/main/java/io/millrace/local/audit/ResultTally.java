package io.millrace.local.audit;

import io.millrace.schemas.avro.Execution;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.ResultStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Figures of a set of results, one a job.
 *
 * <p>Each computed result tells of its batch ({@link Execution}), so that sums over the <i>n</i>
 * results of a batch of <i>n</i> give the batch once:
 *
 * <ul>
 *   <li>mean batch size = computed results / &Sigma; 1 / batch size
 *   <li>padding ratio = &Sigma; tokens with padding / &Sigma; tokens
 *   <li>model compute seconds = &Sigma; batch seconds / batch size
 *   <li>queue wait share = &Sigma; (started - created + batch wait) / &Sigma; (completed - created)
 * </ul>
 *
 * all over the computed results.
 *
 * @param succeeded results with that status; likewise failed, cancelled, expired
 * @param origins the succeeded ones by origin
 * @param queueWaitShare null when nothing was computed, like the mean batch size and padding ratio
 */
public record ResultTally(
    long succeeded,
    long failed,
    long cancelled,
    long expired,
    Origins origins,
    @Nullable Double queueWaitShare,
    @Nullable Double meanBatchSize,
    @Nullable Double paddingRatio,
    double modelComputeSeconds) {

  public static ResultTally of(Collection<InferenceResult> results) {
    Collection<InferenceResult> computed =
        results.stream()
            .filter(result -> result.getOrigin() == Origin.COMPUTED)
            .filter(result -> result.getExecution() != null)
            .toList();
    double batches = sum(computed, result -> 1.0 / execution(result).getBatchSize());
    double tokens = sum(computed, result -> execution(result).getTokens());
    double paddedTokens = sum(computed, result -> execution(result).getPaddedTokens());
    double wait = sum(computed, ResultTally::waitSeconds);
    double total = sum(computed, result -> seconds(result.getCreatedAt(), result.getCompletedAt()));
    return new ResultTally(
        count(results, ResultStatus.SUCCEEDED),
        count(results, ResultStatus.FAILED),
        count(results, ResultStatus.CANCELLED),
        count(results, ResultStatus.EXPIRED),
        new Origins(
            count(results, Origin.COMPUTED),
            count(results, Origin.COALESCED),
            count(results, Origin.CACHED),
            count(results, Origin.FALLBACK),
            count(results, Origin.STALE)),
        ratio(wait, total),
        ratio(computed.size(), batches),
        ratio(paddedTokens, tokens),
        sum(
            computed,
            result -> execution(result).getBatchSeconds() / execution(result).getBatchSize()));
  }

  private static double waitSeconds(InferenceResult result) {
    double beforeInference =
        result.getStartedAt() == null ? 0 : seconds(result.getCreatedAt(), result.getStartedAt());
    return beforeInference + execution(result).getBatchWaitSeconds();
  }

  private static long count(Collection<InferenceResult> results, ResultStatus status) {
    return results.stream().filter(result -> result.getStatus() == status).count();
  }

  private static long count(Collection<InferenceResult> results, Origin origin) {
    return results.stream()
        .filter(result -> result.getStatus() == ResultStatus.SUCCEEDED)
        .filter(result -> result.getOrigin() == origin)
        .count();
  }

  private static double sum(
      Collection<InferenceResult> results, ToDoubleFunction<InferenceResult> value) {
    return results.stream().mapToDouble(value).sum();
  }

  private static @Nullable Double ratio(double numerator, double denominator) {
    return denominator == 0 ? null : numerator / denominator;
  }

  private static Execution execution(InferenceResult result) {
    return Objects.requireNonNull(result.getExecution());
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }
}
