package io.millrace.models.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.millrace.models.InvalidInputException;
import io.millrace.models.Model;
import io.millrace.models.PredictionException;
import io.millrace.models.StopSignal;
import io.millrace.schemas.avro.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** A tokenizer, an encoder and, for classifiers, a head. */
final class TextModel implements Model<TextItem> {

  private final TextInput input;
  private final TextTokenizer tokenizer;
  private final TextEncoder encoder;
  private final @Nullable ClassificationHead head;
  private final TextOutputs outputs;

  /**
   * Calls share it; closing waits for them, because freeing what they use would end the process.
   */
  private final ReadWriteLock life = new ReentrantReadWriteLock();

  private boolean closed;

  TextModel(
      TextInput input,
      TextTokenizer tokenizer,
      TextEncoder encoder,
      @Nullable ClassificationHead head,
      TextOutputs outputs) {
    this.input = input;
    this.tokenizer = tokenizer;
    this.encoder = encoder;
    this.head = head;
    this.outputs = outputs;
  }

  @Override
  public TextItem prepare(List<Tensor> inputs) throws InvalidInputException {
    List<String> texts = input.texts(inputs);
    Lock alive = life.readLock();
    alive.lock();
    try {
      requireOpen();
      return new TextItem(texts.stream().map(tokenizer::encode).toList());
    } finally {
      alive.unlock();
    }
  }

  @Override
  public List<List<Tensor>> predict(List<TextItem> batch, StopSignal stop)
      throws PredictionException {
    Lock alive = life.readLock();
    alive.lock();
    try {
      requireOpen();
      float[] scores = scores(batch.stream().flatMap(item -> item.ids().stream()).toList(), stop);
      return split(batch, scores);
    } catch (OutOfMemoryError | RuntimeException e) {
      throw PredictionFailures.of(e, stop);
    } finally {
      alive.unlock();
    }
  }

  @Override
  public void close() {
    life.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        if (head != null) {
          head.close();
        }
        encoder.close();
        tokenizer.close();
      }
    } finally {
      life.writeLock().unlock();
    }
  }

  private float[] scores(List<long[]> rows, StopSignal stop) {
    try (NDManager manager = encoder.newManager()) {
      NDArray vectors = encoder.encode(rows, manager, stop);
      NDArray scores = head == null ? vectors : head.classify(vectors, stop);
      return scores.toFloatArray();
    }
  }

  private List<List<Tensor>> split(List<TextItem> batch, float[] scores) {
    int rows = batch.stream().mapToInt(TextItem::rows).sum();
    int columns = scores.length / rows;
    List<List<Tensor>> answers = new ArrayList<>(batch.size());
    int from = 0;
    for (TextItem item : batch) {
      int to = from + item.rows() * columns;
      answers.add(outputs.tensors(Arrays.copyOfRange(scores, from, to), item.rows()));
      from = to;
    }
    return answers;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
  }
}
