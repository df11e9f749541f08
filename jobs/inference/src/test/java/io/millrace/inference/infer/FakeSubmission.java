package io.millrace.inference.infer;

import io.millrace.models.runtime.ModelRuntime;
import io.millrace.models.runtime.Prediction;
import io.millrace.schemas.avro.Priority;
import java.util.concurrent.CompletableFuture;

/** An item that waits until its answer is there. */
record FakeSubmission(CompletableFuture<Prediction> answer) implements ModelRuntime.Submission {

  @Override
  public boolean started() {
    return answer.isDone();
  }

  @Override
  public boolean withdraw() {
    return answer.cancel(false);
  }

  @Override
  public void raise(Priority priority) {}
}
