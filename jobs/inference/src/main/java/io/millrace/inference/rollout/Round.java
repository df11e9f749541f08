package io.millrace.inference.rollout;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one revision, besides the logs.
 *
 * @param thresholdSeconds above which an answer is slow; null before the canary
 * @param startedMillis when the first event of the revision came, by the job's clock
 * @param stageMillis when the stage that runs began, or went on after a pause
 * @param answered ids of the commands that decisions have answered
 * @param proposal that is not read back; null for none
 * @param toldMillis when the status was told last
 */
public record Round(
    long revision,
    Evidence evidence,
    @Nullable Double thresholdSeconds,
    long startedMillis,
    long stageMillis,
    List<String> answered,
    @Nullable Proposal proposal,
    long toldMillis) {

  static final Round NONE = begin(0, 0);

  public Round {
    answered = List.copyOf(answered);
  }

  static Round begin(long revision, long now) {
    return new Round(revision, Evidence.NONE, null, now, now, List.of(), null, 0);
  }

  Round with(Evidence next) {
    return new Round(
        revision,
        next,
        thresholdSeconds,
        startedMillis,
        stageMillis,
        answered,
        proposal,
        toldMillis);
  }

  Round proposing(@Nullable Proposal next) {
    return new Round(
        revision,
        evidence,
        thresholdSeconds,
        startedMillis,
        stageMillis,
        answered,
        next,
        toldMillis);
  }

  Round withThreshold(double seconds) {
    return new Round(
        revision, evidence, seconds, startedMillis, stageMillis, answered, proposal, toldMillis);
  }

  Round inStageSince(long millis) {
    return new Round(
        revision,
        evidence,
        thresholdSeconds,
        startedMillis,
        millis,
        answered,
        proposal,
        toldMillis);
  }

  Round answering(String commandId) {
    List<String> next = new ArrayList<>(answered);
    next.add(commandId);
    return new Round(
        revision,
        evidence,
        thresholdSeconds,
        startedMillis,
        stageMillis,
        next,
        proposal,
        toldMillis);
  }

  Round toldAt(long millis) {
    return new Round(
        revision,
        evidence,
        thresholdSeconds,
        startedMillis,
        stageMillis,
        answered,
        proposal,
        millis);
  }
}
