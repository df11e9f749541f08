package io.millrace.local.bench.stream;

import io.millrace.local.bench.frame.Figures;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.schemas.avro.Execution;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.ResultStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The results of a drain: one a job, and each a success. */
final class DrainTally {

  private final BitSet seen = new BitSet();
  private final List<Instant> completions = new ArrayList<>();
  private long computed;
  private double batchSizes;
  private long tokens;
  private long paddedTokens;

  /**
   * Takes a result.
   *
   * @throws CommandFailedException when it is no success, or the second one of a job
   */
  void add(InferenceResult result) {
    if (result.getStatus() != ResultStatus.SUCCEEDED) {
      throw new CommandFailedException("A job did not succeed: " + result.getError());
    }
    int number = CommandMessages.number(result.getJobId());
    if (seen.get(number)) {
      throw new CommandFailedException("A job has two committed results: " + result.getJobId());
    }
    seen.set(number);
    completions.add(result.getCompletedAt());
    Execution execution = result.getExecution();
    if (execution != null) {
      computed++;
      batchSizes += execution.getBatchSize();
      tokens += execution.getTokens();
      paddedTokens += execution.getPaddedTokens();
    }
  }

  int jobs() {
    return completions.size();
  }

  /**
   * What it shows.
   *
   * @param rateName what the rate is called
   */
  Figures figures(String rateName, Instant filledAt) {
    return Figures.of(rateName, DrainRate.perSecond(completions, filledAt))
        .with("batch_size", batchSizes / computed)
        .with("padding_ratio", (double) paddedTokens / tokens);
  }
}
