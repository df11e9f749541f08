package io.millrace.models.runtime;

import io.millrace.models.Answer;
import io.millrace.models.Features;
import io.millrace.models.InvalidInputException;
import io.millrace.models.Model;
import io.millrace.models.PredictionException;
import io.millrace.models.PredictionException.Reason;
import io.millrace.models.StopSignal;
import io.millrace.schemas.InvalidTensorException;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Echoes texts, or does what a test wants. Remembers its calls and watches over its life. */
final class FakeModel implements Model<FakeItem> {

  private final Behaviour behaviour;
  private final Collection<List<String>> batches = new ConcurrentLinkedQueue<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicBoolean closedInUse = new AtomicBoolean();

  FakeModel(Behaviour behaviour) {
    this.behaviour = behaviour;
  }

  /** What a call does. */
  interface Behaviour {
    List<List<Tensor>> predict(List<FakeItem> batch, StopSignal stop)
        throws PredictionException, InterruptedException;
  }

  static Behaviour echo() {
    return (batch, stop) -> answers(batch);
  }

  /** Calls with such an item fail. */
  static Behaviour failing(Predicate<String> bad, Reason reason) {
    return (batch, stop) -> {
      if (batch.stream().anyMatch(item -> bad.test(item.text()))) {
        throw new PredictionException(reason, "a bad item is in the batch", null);
      }
      return answers(batch);
    };
  }

  /** Calls with such an item last until they are stopped. */
  static Behaviour hangingUntilStopped(Predicate<String> bad) {
    return (batch, stop) -> {
      if (batch.stream().anyMatch(item -> bad.test(item.text()))) {
        CountDownLatch stopped = new CountDownLatch(1);
        stop.onStop(stopped::countDown);
        stopped.await();
        throw new PredictionException(Reason.MODEL_FAILURE, "terminated", null);
      }
      return answers(batch);
    };
  }

  /** Calls with such an item last until the latch opens, stopped or not. */
  static Behaviour hangingUntil(CountDownLatch latch, Predicate<String> bad) {
    return (batch, stop) -> {
      if (batch.stream().anyMatch(item -> bad.test(item.text()))) {
        latch.await();
      }
      return answers(batch);
    };
  }

  static List<List<Tensor>> answers(List<FakeItem> batch) {
    return batch.stream()
        .map(item -> List.of(Tensors.ofStrings("echo", List.of(item.text()))))
        .toList();
  }

  /** The inputs of one item. */
  static List<Tensor> inputs(String text, int rows, int length) {
    return List.of(Tensors.ofStrings("text", List.of(text, "" + rows, "" + length)));
  }

  static List<Tensor> inputs(String text) {
    return inputs(text, 1, 8);
  }

  static String text(Prediction prediction) {
    try {
      return Tensors.strings(prediction.outputs().get(0)).get(0);
    } catch (InvalidTensorException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public FakeItem prepare(List<Tensor> inputs) throws InvalidInputException {
    try {
      List<String> values = Tensors.strings(inputs.get(0));
      return new FakeItem(
          values.get(0), Integer.parseInt(values.get(1)), Integer.parseInt(values.get(2)));
    } catch (InvalidTensorException e) {
      throw new InvalidInputException("not a text");
    }
  }

  @Override
  public List<List<Tensor>> predict(List<FakeItem> batch, StopSignal stop)
      throws PredictionException {
    running.incrementAndGet();
    batches.add(batch.stream().map(FakeItem::text).toList());
    try {
      return behaviour.predict(batch, stop);
    } catch (InterruptedException e) {
      throw new PredictionException(Reason.MODEL_FAILURE, "interrupted", e);
    } finally {
      stop.clear();
      if (closed.get()) {
        closedInUse.set(true);
      }
      running.decrementAndGet();
    }
  }

  /** The features of an item's only row are its text. */
  @Override
  public List<Answer> answer(List<FakeItem> batch, StopSignal stop) throws PredictionException {
    List<List<Tensor>> outputs = predict(batch, stop);
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      String text = i < batch.size() ? batch.get(i).text() : "";
      Features features = new Features(Map.of(), Map.of("text", text), Map.of());
      answers.add(new Answer(outputs.get(i), List.of(features)));
    }
    return answers;
  }

  @Override
  public void close() {
    if (running.get() > 0 || !closed.compareAndSet(false, true)) {
      closedInUse.set(true);
    }
  }

  /** Texts of each call, in the order of their starts. */
  List<List<String>> batches() {
    return List.copyOf(batches);
  }

  List<String> texts() {
    return batches.stream().flatMap(List::stream).toList();
  }

  int running() {
    return running.get();
  }

  boolean closed() {
    return closed.get();
  }

  /** Whether it was closed twice, or under a running call. */
  boolean misused() {
    return closedInUse.get();
  }
}
