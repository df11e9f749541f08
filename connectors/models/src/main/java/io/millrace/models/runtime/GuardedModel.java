package io.millrace.models.runtime;

import io.millrace.models.Answer;
import io.millrace.models.InvalidInputException;
import io.millrace.models.Model;
import io.millrace.models.PredictionException;
import io.millrace.models.PreparedItem;
import io.millrace.models.StopSignal;
import io.millrace.schemas.avro.Tensor;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model that is freed after its last use and not before: native memory under a call that still
 * runs would take the process down.
 */
final class GuardedModel<I extends PreparedItem> implements Model<I> {

  private static final Logger LOG = LoggerFactory.getLogger(GuardedModel.class);

  private final Model<I> model;

  /** Calls inside the model, and one more until close. */
  private final AtomicInteger uses = new AtomicInteger(1);

  private final AtomicBoolean closed = new AtomicBoolean();

  GuardedModel(Model<I> model) {
    this.model = model;
  }

  /**
   * @throws CancellationException when the model has been freed
   */
  @Override
  public I prepare(List<Tensor> inputs) throws InvalidInputException {
    begin();
    try {
      return model.prepare(inputs);
    } finally {
      end();
    }
  }

  /**
   * @throws CancellationException when the model has been freed
   */
  @Override
  public List<List<Tensor>> predict(List<I> batch, StopSignal stop) throws PredictionException {
    begin();
    try {
      return model.predict(batch, stop);
    } finally {
      end();
    }
  }

  /**
   * @throws CancellationException when the model has been freed
   */
  @Override
  public List<Answer> answer(List<I> batch, StopSignal stop) throws PredictionException {
    begin();
    try {
      return model.answer(batch, stop);
    } finally {
      end();
    }
  }

  /** Lets the last use that runs now, or this call, free the model. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      end();
    }
  }

  private void begin() {
    if (uses.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
      throw new CancellationException("The model has been freed");
    }
  }

  private void end() {
    if (uses.decrementAndGet() == 0) {
      try {
        model.close();
      } catch (RuntimeException | Error e) {
        LOG.warn("A model could not be freed", e);
      }
    }
  }
}
