package io.millrace.inference.cost;

import io.millrace.models.runtime.CallCost;
import io.millrace.schemas.avro.Execution;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.SavedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an answer saved, each against what it would have cost without:
 *
 * <ul>
 *   <li>CACHE and COALESCING: against a model call for it alone, all of which is saved.
 *   <li>BATCHING: against a model call for it alone, less its part of the batch.
 *   <li>QUANTISATION: against the same batch run by the version that was quantised, less its part
 *       of the batch.
 * </ul>
 *
 * <p>The first three add up: with what was computed they are what all answers would have cost, each
 * alone. The fourth looks at another version and does not add to them.
 */
public final class Savings {

  private Savings() {}

  /**
   * The savings of one answer; nothing of what is not known.
   *
   * @param execution the computation that the answer is of, also when another job asked for it;
   *     null when it is not known
   * @param source the calls of the version that this one was quantised from; empty when it was not,
   *     or too few of them were seen
   */
  public static List<Saving> of(
      Origin origin, @Nullable Execution execution, Optional<CallCost> source) {
    if (execution == null) {
      return List.of();
    }
    return switch (origin) {
      case CACHED -> whole(SavedBy.CACHE, execution);
      case COALESCED -> whole(SavedBy.COALESCING, execution);
      case COMPUTED -> ofComputed(execution, source);
      default -> List.of();
    };
  }

  private static List<Saving> whole(SavedBy by, Execution execution) {
    Double alone = execution.getAloneSeconds();
    return alone == null ? List.of() : List.of(new Saving(by, alone, alone));
  }

  private static List<Saving> ofComputed(Execution execution, Optional<CallCost> source) {
    double computed = execution.getComputeSeconds();
    List<Saving> savings = new ArrayList<>(2);
    Double alone = execution.getAloneSeconds();
    if (alone != null) {
      savings.add(new Saving(SavedBy.BATCHING, alone, alone - computed));
    }
    source.ifPresent(
        cost -> {
          double before = part(cost, execution);
          savings.add(new Saving(SavedBy.QUANTISATION, before, before - computed));
        });
    return savings;
  }

  /** The item's part of a call of the same size: of what every call costs, and of the tokens. */
  private static double part(CallCost cost, Execution execution) {
    double batch = execution.getBatchSeconds();
    double share =
        batch > 0 ? execution.getComputeSeconds() / batch : 1.0 / execution.getBatchSize();
    return cost.baseSeconds() * share + cost.secondsPerToken() * execution.getPaddedTokens();
  }
}
