package io.millrace.local.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/**
 * What a scenario comes to; as JSON, keys are in snake case. Counted from the committed results.
 *
 * @param accepted jobs that the API, or Kafka, took
 * @param terminal those with a committed result
 * @param missing those without
 * @param duplicateResults committed results beyond the first of a job
 * @param wrong jobs whose outcome is not the one that the scenario expects
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Verdict(
    String scenario,
    long accepted,
    long terminal,
    long missing,
    long duplicateResults,
    long wrong) {

  boolean clean() {
    return missing == 0 && duplicateResults == 0 && wrong == 0;
  }

  /** One verdict as an object, several as an array. */
  static String toJson(List<Verdict> verdicts) {
    try {
      return JsonMapper.builder()
              .build()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(verdicts.size() == 1 ? verdicts.get(0) : verdicts)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A verdict is always valid JSON", e);
    }
  }
}
