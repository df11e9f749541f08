package io.millrace.inference.infer;

import io.millrace.inference.publish.Failure;
import io.millrace.models.Features;
import io.millrace.models.runtime.CallCost;
import io.millrace.schemas.avro.Execution;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a version says to a content. */
sealed interface Answer {

  /**
   * Outputs, and where they come from.
   *
   * @param version the version that they are of
   * @param execution the model call behind them; null when there was none for this answer
   * @param original the model call whose answer this one repeats; null when it repeats none
   * @param source what a call of the version costs that this one is a quantised form of; null when
   *     it is of none, or that is not known
   * @param features of the item's rows; empty unless computed for this answer
   */
  record Success(
      String version,
      Origin origin,
      List<Tensor> outputs,
      @Nullable Execution execution,
      @Nullable Execution original,
      @Nullable CallCost source,
      List<Features> features)
      implements Answer {

    /** The same answer as given to a job that waited for another one's computation. */
    Success shared() {
      return new Success(
          version,
          origin == Origin.COMPUTED ? Origin.COALESCED : origin,
          outputs,
          null,
          execution == null ? original : execution,
          source,
          List.of());
    }

    /** The same answer as given in place of another version's. */
    Success from(Origin otherOrigin) {
      return new Success(version, otherOrigin, outputs, execution, original, source, features);
    }
  }

  /** No outputs, and why. */
  record Failed(Failure failure) implements Answer {}
}
