package io.millrace.models.runtime;

import io.millrace.models.packages.ModelManifest.BatchingHints;
import io.millrace.models.runtime.ModelRuntime.ServedModel;
import io.millrace.schemas.avro.Priority;
import io.millrace.schemas.avro.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures what the runtime itself costs: items/s through prepare and submit with a model that does
 * nothing, eight callers with 128 items in flight each, two workers. Run it by hand.
 */
final class RuntimeOverhead {

  private static final Logger LOG = LoggerFactory.getLogger(RuntimeOverhead.class);
  private static final int CALLERS = 8;
  private static final int IN_FLIGHT = 128;
  private static final int ITEMS = 250_000;

  private static final BatchingHints HINTS =
      new BatchingHints(
          16, 4_096, List.of(8, 10, 12, 14, 16, 20, 24, 32, 48, 64, 96, 128, 192, 256));

  private RuntimeOverhead() {}

  public static void main(String[] args) throws Exception {
    List<Tensor> outputs = FakeModel.inputs("answer");
    List<List<Tensor>> inputs =
        IntStream.range(0, 32).mapToObj(i -> FakeModel.inputs("x".repeat(i))).toList();
    FakeEngine engine =
        new FakeEngine()
            .with(
                RuntimeFixture.VERSION,
                () -> new NoOpModel(IntStream.range(0, 64).mapToObj(i -> outputs).toList()));
    try (BatchingModelRuntime runtime =
        new BatchingModelRuntime(
            new FakeRepository("fake", HINTS), List.of(engine), TestOptions.patient().options())) {
      ServedModel served = runtime.load(RuntimeFixture.VERSION).join();
      for (int round = 1; round <= 5; round++) {
        RuntimeStats before = runtime.stats().get(0);
        long start = System.nanoTime();
        run(served, inputs);
        double seconds = (System.nanoTime() - start) / 1e9;
        RuntimeStats after = runtime.stats().get(0);
        LOG.info(
            "round {}: {} items/s, mean batch {}",
            round,
            Math.round(CALLERS * ITEMS / seconds),
            (double) (after.items() - before.items()) / (after.batches() - before.batches()));
      }
    }
  }

  private static void run(ServedModel served, List<List<Tensor>> inputs) throws Exception {
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      Thread caller = new Thread(() -> call(served, inputs));
      caller.start();
      callers.add(caller);
    }
    for (Thread caller : callers) {
      caller.join();
    }
  }

  private static void call(ServedModel served, List<List<Tensor>> inputs) {
    Semaphore inFlight = new Semaphore(IN_FLIGHT);
    try {
      for (int i = 0; i < ITEMS; i++) {
        inFlight.acquire();
        var unused =
            served
                .prepare(inputs.get(i % inputs.size()))
                .submit(Priority.NORMAL)
                .answer()
                .whenComplete((prediction, failure) -> inFlight.release());
      }
      inFlight.acquire(IN_FLIGHT);
    } catch (Exception e) {
      throw new IllegalStateException("The measurement failed", e);
    }
  }
}
