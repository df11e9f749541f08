package io.millrace.inference.infer;

import io.millrace.models.InvalidInputException;
import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.runtime.ModelRuntime;
import io.millrace.models.runtime.Prediction;
import io.millrace.models.runtime.ServingOptions;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A runtime whose answers the test gives: each item waits in a map, under its text, and its version
 * when that is not 1.0.0: {@code hello} or {@code hello@2.0.0}.
 */
final class FakeModelRuntime implements ModelRuntime {

  final Map<String, FakeSubmission> asked = new LinkedHashMap<>();
  final List<String> calls = new ArrayList<>();
  final List<Item> items = new ArrayList<>();

  /** Every item that was ever submitted, by the key that it has in the map. */
  record Item(String key, FakeSubmission submission) {

    /** Whether a worker could take it up. */
    boolean waits() {
      return !submission.started();
    }

    /** Whether a worker has it and has not answered yet. */
    boolean runs() {
      return submission.started() && !submission.answer().isDone();
    }
  }

  static Prediction prediction(String label) {
    return new Prediction(
        List.of(Tensors.ofStrings("label", List.of(label))),
        Duration.ofMillis(2),
        Duration.ofMillis(20),
        4,
        7,
        8,
        Duration.ofMillis(5),
        Duration.ofMillis(9));
  }

  @Override
  public CompletableFuture<ServedModel> load(ModelVersion version) {
    if (version.version().equals("9.9.9")) {
      return CompletableFuture.failedFuture(new ModelLoadException("no package " + version));
    }
    return CompletableFuture.completedFuture(new Served(version));
  }

  @Override
  public Hold hold(ModelVersion version, ServingOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}

  private final class Served implements ServedModel {

    private final ModelVersion version;

    Served(ModelVersion version) {
      this.version = version;
    }

    @Override
    public ModelVersion version() {
      return version;
    }

    @Override
    public Ticket prepare(List<Tensor> inputs) throws InvalidInputException {
      String text = SingleText.of(inputs);
      return (priority, tag) -> {
        String key = version.version().equals("1.0.0") ? text : text + "@" + version.version();
        calls.add(key);
        FakeSubmission submission = new FakeSubmission(priority, new CompletableFuture<>());
        asked.put(key, submission);
        items.add(new Item(key, submission));
        return submission;
      };
    }
  }
}
