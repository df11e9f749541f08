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
import org.jspecify.annotations.Nullable;

/** A tokenizer, an encoder and, for classifiers, a head. */
final class TextModel implements Model<TextItem> {

  private final TextInput input;
  private final TextTokenizer tokenizer;
  private final TextEncoder encoder;
  private final @Nullable ClassificationHead head;
  private final TextOutputs outputs;

  private final ModelLife life = new ModelLife();

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
    return life.call(() -> new TextItem(texts.stream().map(tokenizer::encode).toList()));
  }

  @Override
  public List<List<Tensor>> predict(List<TextItem> batch, StopSignal stop)
      throws PredictionException {
    try {
      return life.call(() -> split(batch, scores(rows(batch), stop)));
    } catch (OutOfMemoryError | RuntimeException e) {
      throw PredictionFailures.of(e, stop);
    }
  }

  @Override
  public void close() {
    life.close(
        () -> {
          if (head != null) {
            head.close();
          }
          encoder.close();
          tokenizer.close();
        });
  }

  private static List<long[]> rows(List<TextItem> batch) {
    return batch.stream().flatMap(item -> item.ids().stream()).toList();
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
}
