package io.millrace.local.demo;

import io.millrace.local.audit.Answer;
import io.millrace.local.audit.Origins;
import io.millrace.local.audit.ResultAudit;
import io.millrace.local.audit.ResultTally;
import io.millrace.local.data.Utterance;
import io.millrace.local.terminal.Durations;
import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.terminal.TextTable;
import io.millrace.local.terminal.TextTable.Align;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a run ends with: the figures, and a few predictions to look at.
 *
 * @param summary the figures
 * @param accuracy over the held-out rows
 * @param examples jobs with their answers
 */
record Report(Summary summary, Accuracy accuracy, List<Example> examples) {

  private static final int EXAMPLES = 6;
  private static final int TEXT_COLUMNS = 48;

  /**
   * A prediction to look at.
   *
   * @param label the true class; null when unknown
   */
  record Example(String text, @Nullable String label, Answer answer) {}

  Report {
    examples = List.copyOf(examples);
  }

  static Report of(TrafficPlan plan, TrafficStatistics statistics, ResultAudit audit) {
    Map<String, Utterance> accepted = statistics.acceptedJobs();
    ResultTally tally = ResultTally.of(audit.results(accepted.keySet()));
    TrafficStatistics.Snapshot seen = statistics.snapshot();
    Accuracy accuracy = Accuracy.of(accepted, audit);
    double wallSeconds = statistics.wallTime().toNanos() / 1e9;
    Summary summary =
        new Summary(
            seen.accepted(),
            tally.succeeded(),
            tally.failed(),
            tally.cancelled(),
            tally.expired(),
            audit.missing(accepted.keySet()),
            audit.duplicateResults(),
            tally.origins(),
            wallSeconds,
            wallSeconds == 0 ? 0 : seen.done() / wallSeconds,
            new Summary.Latency(seen.p50(), seen.p95(), seen.p99()),
            tally.queueWaitShare(),
            tally.meanBatchSize(),
            tally.paddingRatio(),
            tally.modelComputeSeconds(),
            accuracy.share());
    return new Report(summary, accuracy, examples(plan, accepted, audit));
  }

  /** The first held-out rows of the plan that have an answer, each text once. */
  private static List<Example> examples(
      TrafficPlan plan, Map<String, Utterance> accepted, ResultAudit audit) {
    Map<Utterance, String> jobs =
        accepted.entrySet().stream()
            .collect(
                Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey, (first, second) -> first));
    return plan.requests().stream()
        .filter(Utterance::heldOut)
        .distinct()
        .flatMap(row -> Optional.ofNullable(jobs.get(row)).stream())
        .flatMap(jobId -> example(jobId, accepted, audit).stream())
        .limit(EXAMPLES)
        .toList();
  }

  private static Optional<Example> example(
      String jobId, Map<String, Utterance> accepted, ResultAudit audit) {
    Utterance row = Objects.requireNonNull(accepted.get(jobId));
    return audit
        .result(jobId)
        .flatMap(Answer::of)
        .map(answer -> new Example(row.text(), row.label(), answer));
  }

  /** The report as lines for people. */
  List<String> lines(Terminal terminal) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.addAll(figures());
    if (!examples.isEmpty()) {
      lines.add("");
      lines.addAll(predictions(terminal));
    }
    lines.add("");
    lines.add(verdict(terminal));
    return lines;
  }

  private List<String> figures() {
    Origins origins = summary.origins();
    Summary.Latency latency = summary.latencySeconds();
    return new TextTable(Align.LEFT, Align.LEFT)
        .row(
            "jobs",
            "%,d accepted: %,d succeeded, %,d failed, %,d cancelled, %,d expired"
                .formatted(
                    summary.accepted(),
                    summary.succeeded(),
                    summary.failed(),
                    summary.cancelled(),
                    summary.expired()))
        .row(
            "answers",
            "%,d computed, %,d coalesced, %,d cached, %,d fallback, %,d stale"
                .formatted(
                    origins.computed(),
                    origins.coalesced(),
                    origins.cached(),
                    origins.fallback(),
                    origins.stale()))
        .row(
            "speed",
            "%.0f requests/s over %s"
                .formatted(summary.requestsPerSecond(), Durations.render(summary.wallSeconds())))
        .row(
            "latency",
            "p50 %s, p95 %s, p99 %s"
                .formatted(
                    Durations.render(latency.p50()),
                    Durations.render(latency.p95()),
                    Durations.render(latency.p99())))
        .row(
            "batches",
            "%s items on average, %s tokens run for each real one, %s in the model"
                .formatted(
                    decimal(summary.meanBatchSize(), 1),
                    decimal(summary.paddingRatio(), 2),
                    Durations.render(summary.modelComputeSeconds())))
        .row(
            "queue wait",
            "%s of the time of a computed job".formatted(percent(summary.queueWaitShare())))
        .row(
            "accuracy",
            accuracy.counted() == 0
                ? "unknown: no labelled row that the model was not trained on"
                : "%s: %,d of %,d that the model was not trained on"
                    .formatted(percent(summary.accuracy()), accuracy.right(), accuracy.counted()))
        .lines();
  }

  private List<String> predictions(Terminal terminal) {
    TextTable table =
        new TextTable(Align.LEFT, Align.LEFT, Align.RIGHT, Align.LEFT)
            .header("text", "predicted", "confidence", "");
    for (Example example : examples) {
      table.row(
          abbreviate(example.text()),
          example.answer().label(),
          example.answer().confidence() == null
              ? "-"
              : String.format(Locale.ROOT, "%.2f", example.answer().confidence()),
          judgement(terminal, example));
    }
    return table.lines();
  }

  private static String judgement(Terminal terminal, Example example) {
    if (example.label() == null) {
      return "";
    }
    return example.label().equals(example.answer().label())
        ? terminal.styled(Style.GREEN, "right")
        : terminal.styled(Style.RED, "wrong, it is " + example.label());
  }

  private String verdict(Terminal terminal) {
    String counts =
        "%,d accepted jobs without a committed result, %,d results too many"
            .formatted(summary.missing(), summary.duplicateResults());
    return summary.exactlyOnce()
        ? terminal.styled(Style.GREEN, "Exactly once: " + counts + ".")
        : terminal.styled(Style.RED, "Not exactly once: " + counts + ".");
  }

  private static String abbreviate(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= TEXT_COLUMNS ? line : line.substring(0, TEXT_COLUMNS - 3) + "...";
  }

  private static String decimal(@Nullable Double value, int digits) {
    return value == null ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static String percent(@Nullable Double share) {
    return share == null ? "-" : String.format(Locale.ROOT, "%.1f %%", share * 100);
  }
}
