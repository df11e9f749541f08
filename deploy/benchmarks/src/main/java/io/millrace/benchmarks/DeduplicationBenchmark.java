package io.millrace.benchmarks;

import io.millrace.inference.deduplicate.Deduplication;
import io.millrace.schemas.avro.InferenceCommand;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The decision of the deduplication, over a map; {@code bench dedup-state} has RocksDB below. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DeduplicationBenchmark {

  private final Map<String, Boolean> seen = new HashMap<>();
  private final InferenceCommand command = Commands.text();
  private final Deduplication.SeenJobs jobs =
      new Deduplication.SeenJobs() {
        @Override
        public @Nullable Boolean get(String jobId) {
          return seen.get(jobId);
        }

        @Override
        public void put(String jobId, boolean submitted) {
          seen.put(jobId, submitted);
        }
      };

  /** A job that comes for the first time. */
  @Benchmark
  public Deduplication.Verdict first() throws Exception {
    seen.clear();
    return Deduplication.decide(command, jobs);
  }

  /** One that was there before. */
  @Benchmark
  public Deduplication.Verdict copy() throws Exception {
    return Deduplication.decide(command, jobs);
  }
}
