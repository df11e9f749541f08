package io.millrace.training;

import io.millrace.models.Answer;
import io.millrace.models.InvalidInputException;
import io.millrace.models.Model;
import io.millrace.models.PredictionException;
import io.millrace.models.PreparedItem;
import io.millrace.models.StopSignal;
import io.millrace.models.packages.ModelManifest.BatchingHints;
import io.millrace.schemas.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Runs a whole data set through a text model, as fast as it goes: in batches of like length, with
 * parallel callers. The batches, and so the answers, are the same each time.
 */
final class BatchRunner {

  private static final int CALLERS = 2;

  private final BatchingHints batching;
  private final IntConsumer progress;

  /**
   * @param progress hears how many texts are done
   */
  BatchRunner(BatchingHints batching, IntConsumer progress) {
    this.batching = batching;
    this.progress = progress;
  }

  /** The answers, in the order of the texts. */
  <I extends PreparedItem> List<Answer> run(Model<I> model, List<String> texts)
      throws TrainingException {
    List<I> items = new ArrayList<>(texts.size());
    for (String text : texts) {
      items.add(prepare(model, text));
    }
    Answer[] answers = new Answer[texts.size()];
    AtomicInteger done = new AtomicInteger();
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      List<Future<?>> calls = new ArrayList<>();
      for (List<Integer> batch : batches(items)) {
        calls.add(
            callers.submit(
                () -> {
                  predict(model, items, batch, answers);
                  progress.accept(done.addAndGet(batch.size()));
                  return null;
                }));
      }
      for (Future<?> call : calls) {
        call.get();
      }
    } catch (ExecutionException e) {
      throw new TrainingException("The model failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingException("Interrupted", e);
    } finally {
      callers.shutdownNow();
    }
    return Arrays.asList(answers);
  }

  private static <I extends PreparedItem> I prepare(Model<I> model, String text)
      throws TrainingException {
    try {
      return model.prepare(List.of(Tensors.ofStrings("text", List.of(text))));
    } catch (InvalidInputException e) {
      throw new TrainingException("The model does not take texts: " + e.getMessage(), e);
    }
  }

  private static <I extends PreparedItem> void predict(
      Model<I> model, List<I> items, List<Integer> batch, Answer[] answers)
      throws PredictionException {
    List<Answer> answered = model.answer(batch.stream().map(items::get).toList(), new StopSignal());
    for (int i = 0; i < batch.size(); i++) {
      answers[batch.get(i)] = answered.get(i);
    }
  }

  /** Positions of the items, shortest first, cut where a batch would grow too large. */
  private List<List<Integer>> batches(List<? extends PreparedItem> items) {
    List<Integer> byLength =
        IntStream.range(0, items.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> items.get(i).length()))
            .toList();
    List<List<Integer>> batches = new ArrayList<>();
    List<Integer> batch = new ArrayList<>();
    for (int item : byLength) {
      int padded = (batch.size() + 1) * items.get(item).length();
      if (batch.size() == batching.maxBatchSize() || padded > batching.maxBatchTokens()) {
        batches.add(batch);
        batch = new ArrayList<>();
      }
      batch.add(item);
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }
}
