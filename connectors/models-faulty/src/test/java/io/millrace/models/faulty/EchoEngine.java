package io.millrace.models.faulty;

import io.millrace.models.Answer;
import io.millrace.models.Features;
import io.millrace.models.InvalidInputException;
import io.millrace.models.Model;
import io.millrace.models.PreparedItem;
import io.millrace.models.StopSignal;
import io.millrace.models.engine.ModelEngine;
import io.millrace.models.packages.ModelPackage;
import io.millrace.schemas.InvalidTensorException;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Stands for a real engine: its models answer with the texts and their lengths. */
final class EchoEngine implements ModelEngine {

  static final String NAME = "echo";

  final List<ModelPackage> loaded = new ArrayList<>();
  final EchoModel model = new EchoModel();

  record Item(List<String> texts) implements PreparedItem {

    @Override
    public int rows() {
      return texts.size();
    }

    @Override
    public int tokens() {
      return texts.stream().mapToInt(String::length).sum();
    }

    @Override
    public int length() {
      return texts.stream().mapToInt(String::length).max().orElseThrow();
    }
  }

  static final class EchoModel implements Model<Item> {

    int calls;
    boolean closed;

    @Override
    public Item prepare(List<Tensor> inputs) throws InvalidInputException {
      try {
        return new Item(Tensors.strings(inputs.get(0)));
      } catch (InvalidTensorException e) {
        throw new InvalidInputException("no text");
      }
    }

    @Override
    public List<List<Tensor>> predict(List<Item> batch, StopSignal stop) {
      calls++;
      return batch.stream().map(EchoModel::answer).toList();
    }

    @Override
    public List<Answer> answer(List<Item> batch, StopSignal stop) {
      calls++;
      return batch.stream()
          .map(
              item ->
                  new Answer(answer(item), item.texts().stream().map(EchoModel::features).toList()))
          .toList();
    }

    private static Features features(String text) {
      return new Features(Map.of("length", (double) text.length()), Map.of(), Map.of());
    }

    private static List<Tensor> answer(Item item) {
      float[] lengths = new float[item.rows()];
      for (int i = 0; i < lengths.length; i++) {
        lengths[i] = item.texts().get(i).length();
      }
      return List.of(
          Tensors.ofStrings("echo", item.texts()),
          Tensors.ofFloats("lengths", new long[] {lengths.length}, lengths));
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Model<?> load(ModelPackage modelPackage) {
    loaded.add(modelPackage);
    return model;
  }
}
