package io.millrace.local.chaos;

import io.millrace.local.audit.Origins;
import io.millrace.local.audit.ResultAudit;
import io.millrace.local.audit.ResultTally;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.InferenceResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holds the committed results of the accepted jobs against what was expected of them. */
final class Judgement {

  private final Map<String, Question> accepted;
  private final Collection<InferenceResult> results;
  private final Map<String, long[]> rightAndAll = new LinkedHashMap<>();
  private final long missing;
  private final long duplicates;
  private long wrong;

  private Judgement(Map<String, Question> accepted, ResultAudit audit) {
    this.accepted = accepted;
    results = audit.results(accepted.keySet());
    missing = audit.missing(accepted.keySet());
    duplicates = audit.duplicateResults();
    accepted.forEach((jobId, question) -> judge(question.expected(), audit.result(jobId)));
  }

  static Judgement of(Map<String, Question> accepted, ResultAudit audit) {
    return new Judgement(accepted, audit);
  }

  private void judge(Expectation expected, Optional<InferenceResult> result) {
    long[] counts = rightAndAll.computeIfAbsent(expected.label(), label -> new long[2]);
    boolean right = result.isPresent() && expected.holds().test(result.get());
    counts[0] += right ? 1 : 0;
    counts[1]++;
    wrong += result.isPresent() && !right ? 1 : 0;
  }

  /**
   * The verdict.
   *
   * @param furtherWrong jobs that are wrong in another way than by their committed result
   */
  Verdict verdict(String scenario, long furtherWrong) {
    return new Verdict(
        scenario,
        accepted.size(),
        accepted.size() - missing,
        missing,
        duplicates,
        wrong + furtherWrong);
  }

  /** The figures for people. */
  List<Findings.Finding> findings() {
    List<Findings.Finding> lines = new ArrayList<>();
    rightAndAll.forEach(
        (label, counts) ->
            lines.add(
                new Findings.Finding(
                    "expected: " + label,
                    "%,d of %,d".formatted(counts[0], counts[1]),
                    counts[0] == counts[1])));
    ResultTally tally = ResultTally.of(results);
    Origins origins = tally.origins();
    lines.add(
        new Findings.Finding(
            "answers",
            "%,d computed, %,d coalesced, %,d cached, %,d fallback, %,d stale"
                .formatted(
                    origins.computed(),
                    origins.coalesced(),
                    origins.cached(),
                    origins.fallback(),
                    origins.stale()),
            true));
    String failures = failures();
    if (!failures.isEmpty()) {
      lines.add(new Findings.Finding("failures", failures, true));
    }
    return lines;
  }

  private String failures() {
    Map<ErrorReason, Integer> byReason = new EnumMap<>(ErrorReason.class);
    results.stream()
        .filter(result -> result.getError() != null)
        .forEach(result -> byReason.merge(result.getError().getReason(), 1, Integer::sum));
    return byReason.entrySet().stream()
        .map(entry -> "%,d %s".formatted(entry.getValue(), entry.getKey()))
        .collect(Collectors.joining(", "));
  }
}
