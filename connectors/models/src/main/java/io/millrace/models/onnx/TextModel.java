package io.millrace.models.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.millrace.models.Answer;
import io.millrace.models.Features;
import io.millrace.models.InvalidInputException;
import io.millrace.models.Model;
import io.millrace.models.PredictionException;
import io.millrace.models.StopSignal;
import io.millrace.models.features.FeatureNames;
import io.millrace.models.features.RowFeatures;
import io.millrace.models.features.TextStatistics;
import io.millrace.schemas.avro.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A tokenizer, an encoder and, for classifiers, a head. */
final class TextModel implements Model<TextItem> {

  private final TextInput input;
  private final TextTokenizer tokenizer;
  private final TextEncoder encoder;
  private final @Nullable ClassificationHead head;
  private final TextOutputs outputs;
  private final Set<String> features;

  private final ModelLife life = new ModelLife();

  /**
   * @param features names of those that are taken of each row
   */
  TextModel(
      TextInput input,
      TextTokenizer tokenizer,
      TextEncoder encoder,
      @Nullable ClassificationHead head,
      TextOutputs outputs,
      Set<String> features) {
    this.input = input;
    this.tokenizer = tokenizer;
    this.encoder = encoder;
    this.head = head;
    this.outputs = outputs;
    this.features = features;
  }

  @Override
  public TextItem prepare(List<Tensor> inputs) throws InvalidInputException {
    List<String> texts = input.texts(inputs);
    List<TokenizedText> tokenized = life.call(() -> texts.stream().map(tokenizer::encode).toList());
    return new TextItem(
        tokenized.stream().map(TokenizedText::ids).toList(),
        features.isEmpty() ? List.of() : statistics(texts, tokenized));
  }

  @Override
  public List<List<Tensor>> predict(List<TextItem> batch, StopSignal stop)
      throws PredictionException {
    return answer(batch, stop).stream().map(Answer::outputs).toList();
  }

  @Override
  public List<Answer> answer(List<TextItem> batch, StopSignal stop) throws PredictionException {
    try {
      return life.call(() -> answers(batch, scores(rows(batch), stop)));
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

  private static List<TextStatistics> statistics(
      List<String> texts, List<TokenizedText> tokenized) {
    List<TextStatistics> statistics = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      TokenizedText tokens = tokenized.get(i);
      statistics.add(TextStatistics.of(texts.get(i), tokens.ids().length, tokens.unknownShare()));
    }
    return statistics;
  }

  private BatchScores scores(List<long[]> rows, StopSignal stop) {
    try (NDManager manager = encoder.newManager()) {
      NDArray vectors = encoder.encode(rows, manager, stop);
      float[] copied =
          head == null || features.contains(FeatureNames.EMBEDDING)
              ? vectors.toFloatArray()
              : new float[0];
      return new BatchScores(
          copied, head == null ? copied : head.classify(vectors, stop).toFloatArray());
    }
  }

  private List<Answer> answers(List<TextItem> batch, BatchScores scores) {
    int rows = batch.stream().mapToInt(TextItem::rows).sum();
    int columns = scores.scores().length / rows;
    List<Answer> answers = new ArrayList<>(batch.size());
    int row = 0;
    for (TextItem item : batch) {
      int end = row + item.rows();
      float[] own = Arrays.copyOfRange(scores.scores(), row * columns, end * columns);
      answers.add(
          new Answer(outputs.tensors(own, item.rows()), features(item.statistics(), scores, row)));
      row = end;
    }
    return answers;
  }

  private List<Features> features(List<TextStatistics> texts, BatchScores scores, int firstRow) {
    List<Features> rows = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      int row = firstRow + i;
      RowFeatures gathered = new RowFeatures(features);
      texts.get(i).addTo(gathered);
      outputs.addTo(gathered, scores.scores(), row);
      gathered.vector(FeatureNames.EMBEDDING, () -> vector(scores.vectors(), row));
      rows.add(gathered.build());
    }
    return rows;
  }

  private float[] vector(float[] vectors, int row) {
    int dimension = encoder.dimension();
    return Arrays.copyOfRange(vectors, row * dimension, (row + 1) * dimension);
  }
}
