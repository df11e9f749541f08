package io.millrace.ingress.rollouts;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The evaluations of a model as the API shows them. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "The last evaluation of each candidate and version, the newest first.")
record EvaluationList(List<Evaluation> evaluations) {

  EvaluationList {
    evaluations = List.copyOf(evaluations);
  }
}
