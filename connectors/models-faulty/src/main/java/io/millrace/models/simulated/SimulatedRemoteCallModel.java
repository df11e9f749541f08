package io.millrace.models.simulated;

import io.millrace.models.InvalidInputException;
import io.millrace.models.Model;
import io.millrace.models.PredictionException;
import io.millrace.models.PredictionException.Reason;
import io.millrace.models.PreparedItem;
import io.millrace.models.StopSignal;
import io.millrace.schemas.InvalidTensorException;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Tensor;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Answers each text with its length, after a wait that the texts of a call share. */
final class SimulatedRemoteCallModel implements Model<SimulatedRemoteCallModel.Texts> {

  static final String INPUT = "text";
  static final String OUTPUT = "length";

  private final SimulatedRemoteCall call;

  SimulatedRemoteCallModel(SimulatedRemoteCall call) {
    this.call = call;
  }

  /** The texts of a request. */
  record Texts(List<String> texts) implements PreparedItem {

    @Override
    public int rows() {
      return texts.size();
    }

    @Override
    public int tokens() {
      return texts.size();
    }

    @Override
    public int length() {
      return 1;
    }
  }

  @Override
  public Texts prepare(List<Tensor> inputs) throws InvalidInputException {
    if (inputs.size() != 1 || !inputs.get(0).getName().equals(INPUT)) {
      throw new InvalidInputException("expected one tensor named '" + INPUT + "'");
    }
    try {
      List<String> texts = Tensors.strings(inputs.get(0));
      if (texts.isEmpty()) {
        throw new InvalidInputException("expected at least one text");
      }
      return new Texts(texts);
    } catch (InvalidTensorException e) {
      throw new InvalidInputException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public List<List<Tensor>> predict(List<Texts> batch, StopSignal stop) throws PredictionException {
    CountDownLatch stopped = new CountDownLatch(1);
    stop.onStop(stopped::countDown);
    try {
      if (stopped.await(call.millis(), TimeUnit.MILLISECONDS)) {
        throw new PredictionException(Reason.TIMEOUT, "the model call was stopped", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PredictionException(Reason.MODEL_FAILURE, "the model call was interrupted", e);
    } finally {
      stop.clear();
    }
    return batch.stream().map(SimulatedRemoteCallModel::answer).toList();
  }

  private static List<Tensor> answer(Texts item) {
    float[] lengths = new float[item.rows()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = item.texts().get(i).length();
    }
    return List.of(Tensors.ofFloats(OUTPUT, new long[] {lengths.length}, lengths));
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
