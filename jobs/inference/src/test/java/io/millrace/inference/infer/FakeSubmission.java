package io.millrace.inference.infer;

import io.millrace.models.runtime.ModelRuntime;
import io.millrace.models.runtime.Prediction;
import io.millrace.schemas.avro.Priority;
import java.util.concurrent.CompletableFuture;

/** An item that waits until the test starts it and gives its answer. */
final class FakeSubmission implements ModelRuntime.Submission {

  private final CompletableFuture<Prediction> answer;
  private Priority priority;
  private boolean started;

  FakeSubmission(Priority priority, CompletableFuture<Prediction> answer) {
    this.priority = priority;
    this.answer = answer;
  }

  void start() {
    started = true;
  }

  Priority priority() {
    return priority;
  }

  @Override
  public CompletableFuture<Prediction> answer() {
    return answer;
  }

  @Override
  public boolean started() {
    return started || answer.isDone();
  }

  @Override
  public boolean withdraw() {
    return !started() && answer.cancel(false);
  }

  @Override
  public void raise(Priority higher) {
    priority = higher;
  }
}
