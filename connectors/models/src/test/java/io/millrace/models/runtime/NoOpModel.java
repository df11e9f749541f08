package io.millrace.models.runtime;

import io.millrace.models.Model;
import io.millrace.models.StopSignal;
import io.millrace.schemas.avro.Tensor;
import java.util.List;

/**
 * Gives the same answer to every item.
 *
 * @param answers at least as many as a batch has items
 */
record NoOpModel(List<List<Tensor>> answers) implements Model<FakeItem> {

  @Override
  public FakeItem prepare(List<Tensor> inputs) {
    return FakeItem.ofLength(1 + inputs.get(0).getData().remaining() % 32);
  }

  @Override
  public List<List<Tensor>> predict(List<FakeItem> batch, StopSignal stop) {
    return answers.subList(0, batch.size());
  }

  @Override
  public void close() {}
}
