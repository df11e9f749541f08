package io.millrace.local.bench.model;

import io.millrace.local.bench.frame.BenchContext;
import io.millrace.local.bench.frame.BenchContext.InstalledModel;
import io.millrace.local.bench.frame.Figures;
import io.millrace.local.bench.frame.Scenario;
import io.millrace.local.bench.frame.Side;
import io.millrace.local.bench.frame.Target;
import io.millrace.local.bench.load.Texts;
import io.millrace.models.InvalidInputException;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.models.packages.ModelManifest.BatchingHints;
import io.millrace.models.runtime.BatchingModelRuntime;
import io.millrace.models.runtime.ModelRuntime;
import io.millrace.models.runtime.RuntimeOptions;
import io.millrace.models.runtime.RuntimeStats;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Priority;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** {@code batching}. */
public final class BatchingScenario implements Scenario {

  private static final int TEXTS = 3_000;
  private static final int WARM_UP_TEXTS = 200;

  /** What frameworks for serving batch by default, as it comes. */
  private static final int ARRIVAL_BATCH = 32;

  /** As many as two subtasks of the job have under way. */
  private static final int IN_FLIGHT = 2_048;

  private static final long SEED = 7;
  private static final String RATE = "texts_per_second";

  @Override
  public String name() {
    return "batching";
  }

  @Override
  public String about() {
    return "The model runtime alone on texts of 3 to 90 words: batches of 32 in the order of arrival,"
        + " each row padded to the longest, against batches by length.";
  }

  @Override
  public List<Target> targets() {
    return List.of(Target.atLeast("speedup", 2.8), Target.atMost("by_length.padding_ratio", 1.15));
  }

  @Override
  public List<Side> sides(BenchContext context) throws Exception {
    InstalledModel model = context.fp32();
    List<String> texts =
        new Texts(context.texts())
            .mixedLengths(context.options().requests(TEXTS), new SplittableRandom(SEED));
    BatchingHints arrivalOrder = RebatchedRepository.arrivalOrder(ARRIVAL_BATCH);
    return List.of(
        new Side("arrival_order", () -> run(model, arrivalOrder, texts)),
        new Side("by_length", () -> run(model, null, texts)));
  }

  @Override
  public Figures compare(Figures round) {
    return Figures.of(
        "speedup", round.get("by_length." + RATE) / round.get("arrival_order." + RATE));
  }

  private static Figures run(
      InstalledModel model, @Nullable BatchingHints hints, List<String> texts) throws Exception {
    LocalModelRepository packages = new LocalModelRepository(model.repository());
    String input = packages.open(model.version()).manifest().inputs().get(0).name();
    try (BatchingModelRuntime runtime =
        new BatchingModelRuntime(
            new RebatchedRepository(packages, hints), RuntimeOptions.defaults())) {
      ModelRuntime.ServedModel served = runtime.load(model.version()).get();
      submitAll(served, input, texts.subList(0, Math.min(WARM_UP_TEXTS, texts.size())));
      RuntimeStats before = runtime.stats().get(0);
      long from = System.nanoTime();
      submitAll(served, input, texts);
      double seconds = (System.nanoTime() - from) / 1e9;
      RuntimeStats after = runtime.stats().get(0);
      return Figures.of(RATE, texts.size() / seconds)
          .with(
              "padding_ratio",
              (double) (after.paddedTokens() - before.paddedTokens())
                  / (after.tokens() - before.tokens()))
          .with(
              "batch_size",
              (double) (after.items() - before.items()) / (after.batches() - before.batches()));
    }
  }

  /** Keeps as many under way as the job does; returns when all are answered. */
  private static void submitAll(ModelRuntime.ServedModel served, String input, List<String> texts)
      throws InvalidInputException, InterruptedException {
    Semaphore free = new Semaphore(IN_FLIGHT);
    AtomicInteger failed = new AtomicInteger();
    for (String text : texts) {
      free.acquire();
      var unused =
          served
              .prepare(List.of(Tensors.ofStrings(input, List.of(text))))
              .submit(Priority.NORMAL)
              .answer()
              .whenComplete(
                  (answer, failure) -> {
                    failed.addAndGet(failure == null ? 0 : 1);
                    free.release();
                  });
    }
    free.acquire(IN_FLIGHT);
    if (failed.get() > 0) {
      throw new IllegalStateException(failed + " texts were not answered");
    }
  }
}
