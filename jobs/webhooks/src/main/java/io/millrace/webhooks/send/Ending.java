package io.millrace.webhooks.send;

import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.apache.hc.core5.concurrent.FutureCallback;

/** Tells, once, that an exchange is over. */
final class Ending implements FutureCallback<Void> {

  private final Runnable completed;
  private final Consumer<Exception> failed;

  Ending(Runnable completed, Consumer<Exception> failed) {
    this.completed = completed;
    this.failed = failed;
  }

  @Override
  public void completed(Void result) {
    completed.run();
  }

  @Override
  public void failed(Exception failure) {
    failed.accept(failure);
  }

  @Override
  public void cancelled() {
    failed.accept(new CancellationException("cancelled"));
  }
}
