package io.millrace.inference.infer;

import io.millrace.inference.publish.Failure;
import io.millrace.schemas.avro.Execution;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.Tensor;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a version says to a content. */
sealed interface Answer {

  <R> R fold(Function<Success, R> success, Function<Failed, R> failed);

  /**
   * Outputs, and where they come from.
   *
   * @param execution the model call behind them; null when there was none for this answer
   */
  record Success(Origin origin, List<Tensor> outputs, @Nullable Execution execution)
      implements Answer {

    /** The same answer as given to a job that waited for another one's computation. */
    Success shared() {
      return new Success(origin == Origin.COMPUTED ? Origin.COALESCED : origin, outputs, null);
    }

    @Override
    public <R> R fold(Function<Success, R> success, Function<Failed, R> failed) {
      return success.apply(this);
    }
  }

  /** No outputs, and why. */
  record Failed(Failure failure) implements Answer {
    @Override
    public <R> R fold(Function<Success, R> success, Function<Failed, R> failed) {
      return failed.apply(this);
    }
  }
}
