package io.millrace.ingress.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.ingress.problem.Problem;
import io.millrace.ingress.problem.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of a batch.
 *
 * @param items one for each item of the request, in order
 */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "What became of the items of a batch, one each, in order.")
record JobBatch(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "Items that were accepted.")
        int accepted,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "Items that were not.")
        int refused,
    List<Item> items) {

  JobBatch {
    items = List.copyOf(items);
  }

  static JobBatch of(
      List<BatchSubmissions.ItemAnswer> answers, Duration resultTtl, String instance) {
    List<Item> items =
        answers.stream().map(answer -> Item.of(answer, resultTtl, instance)).toList();
    int accepted = (int) items.stream().filter(item -> item.job() != null).count();
    return new JobBatch(accepted, items.size() - accepted, items);
  }

  /** An item: it has exactly one of {@code job} and {@code problem}. */
  @Serdeable.Serializable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(
      name = "JobBatchItem",
      description = "An item of a batch. It has exactly one of job and problem.")
  record Item(
      @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              description = "The status that the item would have had alone.",
              example = "202")
          int status,
      @Schema(type = "object", nullable = true) @Nullable Job job,
      @Schema(type = "object", nullable = true) @Nullable Problem problem) {

    static Item of(BatchSubmissions.ItemAnswer answer, Duration resultTtl, String instance) {
      if (answer.job() != null) {
        return new Item(202, Job.of(answer.job(), resultTtl), null);
      }
      ProblemException refusal = Objects.requireNonNull(answer.refusal());
      return new Item(refusal.type().status().getCode(), null, Problem.of(refusal, instance));
    }
  }
}
