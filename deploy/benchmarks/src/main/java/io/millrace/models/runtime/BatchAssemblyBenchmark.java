package io.millrace.models.runtime;

import io.millrace.models.PreparedItem;
import io.millrace.models.runtime.BatchDecision.Take;
import io.millrace.schemas.avro.Priority;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Items into windows and out of them in batches. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BatchAssemblyBenchmark {

  private static final int ITEMS = 1_024;

  private final BatchPolicy policy =
      new BatchPolicy(
          16,
          2_048,
          List.of(8, 10, 12, 14, 16, 20, 24, 32, 48, 64, 96, 128, 192, 256),
          0,
          5_000_000,
          16);
  private final List<Item> items = items();

  private record Item(int length) implements PreparedItem {

    @Override
    public int rows() {
      return 1;
    }

    @Override
    public int tokens() {
      return length;
    }
  }

  private static List<Item> items() {
    SplittableRandom random = new SplittableRandom(1);
    return IntStream.range(0, ITEMS).mapToObj(i -> new Item(5 + random.nextInt(40))).toList();
  }

  /** Time of one item, of as many as a subtask has under way. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public int assemble() {
    BatchWindows<Item> windows = new BatchWindows<>(policy, new BatchLimit(policy));
    for (Item item : items) {
      windows.add(new QueuedItem<>(item, Priority.NORMAL, 0));
    }
    int batches = 0;
    while (windows.decide(1) instanceof Take take) {
      batches += windows.take(take).isEmpty() ? 0 : 1;
    }
    return batches;
  }
}
