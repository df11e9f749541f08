package io.millrace.models.faulty;

import io.millrace.models.Answer;
import io.millrace.models.InvalidInputException;
import io.millrace.models.Model;
import io.millrace.models.PredictionException;
import io.millrace.models.PredictionException.Reason;
import io.millrace.models.PreparedItem;
import io.millrace.models.StopSignal;
import io.millrace.schemas.InvalidTensorException;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A model that answers as another one does, when it is not told to go wrong. */
final class FaultyModel<I extends PreparedItem> implements Model<FaultyItem<I>> {

  private static final long POLL_NANOS = Duration.ofMillis(10).toNanos();

  /**
   * The largest array of a JVM: what is left when no more of them fits does for all others, and few
   * must be filled before, often none, so that the call fails within its time.
   */
  private static final int BLOCK_BYTES = Integer.MAX_VALUE - 8;

  private final Model<I> delegate;
  private final Faults faults;
  private final AtomicLong calls = new AtomicLong();

  FaultyModel(Model<I> delegate, Faults faults) {
    this.delegate = delegate;
    this.faults = faults;
  }

  @Override
  public FaultyItem<I> prepare(List<Tensor> inputs) throws InvalidInputException {
    I item = delegate.prepare(inputs);
    Set<Marker> markers = Marker.in(texts(inputs));
    if (markers.contains(Marker.INVALID)) {
      throw new InvalidInputException(
          "expected no text with " + Marker.INVALID.text() + ", but there is one");
    }
    return new FaultyItem<>(item, markers);
  }

  @Override
  public List<List<Tensor>> predict(List<FaultyItem<I>> batch, StopSignal stop)
      throws PredictionException {
    return answer(batch, stop).stream().map(Answer::outputs).toList();
  }

  @Override
  public List<Answer> answer(List<FaultyItem<I>> batch, StopSignal stop)
      throws PredictionException {
    long call = calls.incrementAndGet();
    if (hold(batch, Marker.HANG) || (faults.hangEvery() > 0 && call % faults.hangEvery() == 0)) {
      hang(stop, () -> true);
    }
    hang(stop, () -> exists(faults.hangWhile()));
    delay(stop);
    if (hold(batch, Marker.THROW) || exists(faults.failWhile())) {
      throw new IllegalStateException("the model was told to throw");
    }
    if (hold(batch, Marker.OOM) || tooLarge(batch)) {
      exhaustHeap();
    }
    List<Answer> answers =
        new ArrayList<>(delegate.answer(batch.stream().map(FaultyItem::item).toList(), stop));
    for (int i = 0; i < answers.size(); i++) {
      if (batch.get(i).markers().contains(Marker.NAN)) {
        Answer answer = answers.get(i);
        answers.set(
            i,
            new Answer(
                answer.outputs().stream().map(FaultyModel::withoutNumbers).toList(),
                answer.features()));
      }
    }
    return answers;
  }

  @Override
  public void close() {
    delegate.close();
  }

  private void delay(StopSignal stop) throws PredictionException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(faults.delayMillis());
    hang(stop, () -> System.nanoTime() - end < 0);
  }

  /** Lasts as long as the condition holds, or, when calls are not deaf, until it is stopped. */
  private void hang(StopSignal stop, BooleanSupplier condition) throws PredictionException {
    while (condition.getAsBoolean()) {
      if (!faults.deaf() && stop.stopped()) {
        throw new PredictionException(Reason.TIMEOUT, "the model call was stopped", null);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /**
   * Asks the JVM for blocks until it has no more, then lets go of all of them.
   *
   * @throws OutOfMemoryError always
   */
  private static void exhaustHeap() {
    List<byte[]> blocks = new ArrayList<>();
    while (blocks.size() < Integer.MAX_VALUE) {
      blocks.add(new byte[BLOCK_BYTES]);
    }
  }

  private boolean hold(List<FaultyItem<I>> batch, Marker marker) {
    return batch.stream().anyMatch(item -> item.markers().contains(marker));
  }

  private boolean tooLarge(List<FaultyItem<I>> batch) {
    return faults.maxBatchSize() > 0
        && batch.stream().mapToInt(FaultyItem::rows).sum() > faults.maxBatchSize();
  }

  private static boolean exists(@Nullable Path file) {
    return file != null && Files.exists(file);
  }

  /** The tensor with NaN for each float; itself when it has none. */
  private static Tensor withoutNumbers(Tensor tensor) {
    if (tensor.getDatatype() != Datatype.FP32) {
      return tensor;
    }
    long[] shape = tensor.getShape().stream().mapToLong(Long::longValue).toArray();
    float[] values = new float[tensor.getData().remaining() / Float.BYTES];
    Arrays.fill(values, Float.NaN);
    return Tensors.ofFloats(tensor.getName(), shape, values);
  }

  private static List<String> texts(List<Tensor> inputs) throws InvalidInputException {
    List<String> texts = new ArrayList<>();
    try {
      for (Tensor input : inputs) {
        if (input.getDatatype() == Datatype.BYTES) {
          texts.addAll(Tensors.strings(input));
        }
      }
    } catch (InvalidTensorException e) {
      throw new InvalidInputException(String.valueOf(e.getMessage()));
    }
    return texts;
  }
}
