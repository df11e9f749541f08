package io.millrace.models.runtime;

import io.millrace.models.StopSignal;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running model call. Either its worker ends it or someone gives it up, whoever is first. */
final class ModelCall {

  private static final Logger LOG = LoggerFactory.getLogger(ModelCall.class);

  private final StopSignal stopSignal = new StopSignal();
  private final AtomicBoolean over = new AtomicBoolean();
  private final Consumer<ModelCall> onAbandoned;

  /**
   * @param onAbandoned runs on the thread that gives the call up
   */
  ModelCall(Consumer<ModelCall> onAbandoned) {
    this.onAbandoned = onAbandoned;
  }

  StopSignal stopSignal() {
    return stopSignal;
  }

  /** Stops the call, if its engine can, and it has not ended. */
  void stop() {
    if (over.get()) {
      return;
    }
    try {
      stopSignal.stop();
    } catch (RuntimeException | Error e) {
      LOG.warn("A model call could not be stopped", e);
    }
  }

  /** The worker is back: true when the result counts, false when the call was given up. */
  boolean finish() {
    return over.compareAndSet(false, true);
  }

  /** Gives the call up unless it is over. */
  void abandon() {
    if (over.compareAndSet(false, true)) {
      onAbandoned.accept(this);
    }
  }

  boolean over() {
    return over.get();
  }
}
