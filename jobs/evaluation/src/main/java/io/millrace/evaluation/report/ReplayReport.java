package io.millrace.evaluation.report;

import io.millrace.statistics.evaluation.OutputDrift;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How another version would have answered the requests of a time range. Its JSON is as that of
 * {@link EvaluationReport}.
 *
 * @param requests by what became of them
 * @param answers null when no request could be compared
 */
public record ReplayReport(
    String id,
    Instant createdAt,
    String model,
    VersionFacts version,
    Range range,
    Requests requests,
    @Nullable Answers answers) {

  /** Of the requests' timestamps; {@code to} is not part of it. */
  public record Range(Instant from, Instant to) {}

  /**
   * How many jobs were submitted, and what became of them; each is counted in one place.
   *
   * @param compared answered by production and by the other version
   * @param pinned the client chose the version
   * @param failed production gave no answer
   * @param unanswered without a committed result
   * @param otherOutputs answered without label and confidence, as the client asked
   * @param replayFailed the other version gave no answer
   * @param replayFailure why it first did not; null when it always did
   */
  public record Requests(
      long total,
      long compared,
      long pinned,
      long cancelled,
      long expired,
      long failed,
      long unanswered,
      long otherOutputs,
      long replayFailed,
      @Nullable String replayFailure) {}

  /**
   * The answers to the compared requests.
   *
   * @param rows texts, of which a request may have several
   * @param agreement share of rows with the same label
   * @param productionVersions the requests that each version answered
   * @param labels what each label was given to; the largest change first
   * @param changes rows whose label differs: from production's to the other; most frequent first
   * @param labelDrift of the labels, production's being the reference
   * @param confidenceDrift of the confidences, likewise
   * @param confidences both in ten bins from 0 to 1
   */
  public record Answers(
      long rows,
      double agreement,
      Map<String, Long> productionVersions,
      List<LabelShare> labels,
      List<Change> changes,
      OutputDrift labelDrift,
      OutputDrift confidenceDrift,
      Confidences confidences,
      Timing timing,
      Cost cost) {}

  /** Rows that got a label. */
  public record LabelShare(String label, long production, long replay) {}

  /** Rows that changed from a label to another. */
  public record Change(String from, String to, long rows) {}

  /** Rows by confidence: bin i holds those from i / 10 to (i + 1) / 10. */
  public record Confidences(List<Long> production, List<Long> replay) {}

  /**
   * Times. Model calls are compared on the requests that production computed; their batches were
   * others, so the evaluation's figures are the fair ones.
   *
   * @param production from accepted to completed, with every wait
   * @param productionCall the model call
   * @param replayCall the model call on the same requests
   */
  public record Timing(Latency production, Latency productionCall, Latency replayCall) {}

  /**
   * Model time and money, on the requests that production computed.
   *
   * @param requests of them
   * @param productionSeconds model time, a request's share of its batch
   * @param replaySeconds likewise
   * @param pricePerHour null when nobody said; then so are the costs
   */
  public record Cost(
      long requests,
      double productionSeconds,
      double replaySeconds,
      @Nullable Double pricePerHour,
      @Nullable Double productionCost,
      @Nullable Double replayCost) {

    /** Costs at a price. */
    public static Cost of(
        long requests, double production, double replay, @Nullable Double pricePerHour) {
      return new Cost(
          requests,
          production,
          replay,
          pricePerHour,
          pricePerHour == null ? null : production / 3_600 * pricePerHour,
          pricePerHour == null ? null : replay / 3_600 * pricePerHour);
    }
  }
}
