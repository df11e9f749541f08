package io.millrace.local.bench.model;

import io.millrace.local.bench.frame.BenchContext.InstalledModel;
import io.millrace.models.InvalidInputException;
import io.millrace.models.Model;
import io.millrace.models.ModelLoadException;
import io.millrace.models.PredictionException;
import io.millrace.models.PreparedItem;
import io.millrace.models.StopSignal;
import io.millrace.models.onnx.OnnxRuntimeEngine;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.models.packages.ModelPackage;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The model alone, as fast as it goes on this machine: all texts are known, so the batches are of
 * texts of one length, and nobody waits for anything. Tokenising counts, features and answers do
 * not. What is above this is overhead.
 */
public final class ModelLimit implements AutoCloseable {

  /** More does not make a CPU faster. */
  private static final int BATCH_SIZE = 16;

  /** Calls at a time; each keeps one processor busy. */
  private static final int CALLERS = 2;

  private static final int WARM_UP_TEXTS = 256;

  private final Model<?> model;
  private final String input;
  private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

  private ModelLimit(Model<?> model, String input) {
    this.model = model;
    this.input = input;
  }

  /** Loads the version without the features that drift is measured on. */
  public static ModelLimit open(InstalledModel installed) throws ModelLoadException {
    ModelPackage found = new LocalModelRepository(installed.repository()).open(installed.version());
    ModelPackage bare =
        new ModelPackage(found.directory(), found.manifest().withFeatures(List.of()));
    return new ModelLimit(
        new OnnxRuntimeEngine().load(bare), found.manifest().inputs().get(0).name());
  }

  /** Texts a second of {@value #CALLERS} callers with batches of {@value #BATCH_SIZE}. */
  public double batched(List<String> texts) throws InterruptedException {
    double unused = batched(model, texts.subList(0, Math.min(WARM_UP_TEXTS, texts.size())));
    return batched(model, texts);
  }

  /** Texts a second of one caller that gives the model one text at a time, as they come. */
  public double oneByOne(List<String> texts) throws InterruptedException {
    double unused = oneByOne(model, texts.subList(0, Math.min(WARM_UP_TEXTS, texts.size())));
    return oneByOne(model, texts);
  }

  private <I extends PreparedItem> double batched(Model<I> typed, List<String> texts)
      throws InterruptedException {
    long from = System.nanoTime();
    List<I> items = prepared(typed, texts);
    items.sort(Comparator.comparingInt(PreparedItem::length));
    AtomicInteger next = new AtomicInteger();
    var unused =
        everyCaller(
            caller -> {
              for (int at = next.getAndAdd(BATCH_SIZE);
                  at < items.size();
                  at = next.getAndAdd(BATCH_SIZE)) {
                predict(typed, items.subList(at, Math.min(at + BATCH_SIZE, items.size())));
              }
              return caller;
            });
    return perSecond(texts.size(), from);
  }

  private <I extends PreparedItem> List<I> prepared(Model<I> typed, List<String> texts)
      throws InterruptedException {
    List<I> items = new ArrayList<>(texts.size());
    int share = (texts.size() + CALLERS - 1) / CALLERS;
    everyCaller(
            caller -> {
              int from = Math.min(texts.size(), caller * share);
              List<I> own = new ArrayList<>(share);
              for (String text : texts.subList(from, Math.min(texts.size(), from + share))) {
                own.add(prepare(typed, text));
              }
              return own;
            })
        .forEach(items::addAll);
    return items;
  }

  private <I extends PreparedItem> double oneByOne(Model<I> typed, List<String> texts)
      throws InterruptedException {
    long from = System.nanoTime();
    for (String text : texts) {
      predict(typed, List.of(prepare(typed, text)));
    }
    return perSecond(texts.size(), from);
  }

  private <I extends PreparedItem> I prepare(Model<I> typed, String text) {
    List<Tensor> inputs = List.of(Tensors.ofStrings(input, List.of(text)));
    try {
      return typed.prepare(inputs);
    } catch (InvalidInputException e) {
      throw new IllegalStateException("The model does not take the text", e);
    }
  }

  private static <I extends PreparedItem> void predict(Model<I> typed, List<I> batch) {
    try {
      var unused = typed.predict(batch, new StopSignal());
    } catch (PredictionException e) {
      throw new IllegalStateException("The model failed", e);
    }
  }

  private interface Work<T> {
    T run(int caller);
  }

  private <T> List<T> everyCaller(Work<T> work) throws InterruptedException {
    List<Callable<T>> tasks =
        IntStream.range(0, CALLERS).<Callable<T>>mapToObj(i -> () -> work.run(i)).toList();
    List<T> results = new ArrayList<>(CALLERS);
    for (Future<T> done : callers.invokeAll(tasks)) {
      try {
        results.add(done.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("A caller failed: " + e.getCause(), e);
      }
    }
    return results;
  }

  private static double perSecond(int texts, long from) {
    return texts / ((System.nanoTime() - from) / 1e9);
  }

  @Override
  public void close() {
    callers.shutdownNow();
    model.close();
  }
}
