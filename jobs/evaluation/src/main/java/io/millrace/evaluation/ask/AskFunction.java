package io.millrace.evaluation.ask;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;

/**
 * Hands what comes to an {@link Asker} and its replies on.
 *
 * @param <I> what comes
 * @param <O> what goes on
 */
public abstract class AskFunction<I, O> extends RichAsyncFunction<I, O> {

  private static final long serialVersionUID = 1L;

  private final Models models;
  private final String model;
  private final List<String> versions;
  private transient @Nullable Asker asker;

  /**
   * @param versions of the model
   */
  protected AskFunction(Models models, String model, List<String> versions) {
    this.models = models;
    this.model = model;
    this.versions = List.copyOf(versions);
  }

  /** Asks about one element, if there is something to ask. */
  protected abstract CompletableFuture<O> ask(Asker versions, I element);

  @Override
  public void open(OpenContext context) {
    asker = new Asker(models, model, versions);
  }

  @Override
  public void asyncInvoke(I element, ResultFuture<O> result) {
    if (asker == null) {
      throw new IllegalStateException("not open");
    }
    var unused =
        ask(asker, element)
            .whenComplete(
                (answer, failure) -> {
                  if (failure == null) {
                    result.complete(List.of(answer));
                  } else {
                    result.completeExceptionally(failure);
                  }
                });
  }

  @Override
  public void close() {
    if (asker != null) {
      asker.close();
    }
  }
}
