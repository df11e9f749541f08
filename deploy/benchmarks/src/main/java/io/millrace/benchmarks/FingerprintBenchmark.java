package io.millrace.benchmarks;

import io.millrace.schemas.Fingerprint;
import io.millrace.schemas.avro.Submit;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What makes requests equal. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FingerprintBenchmark {

  private final Submit text = (Submit) Commands.text().getCommand();
  private final Submit point = (Submit) Commands.point().getCommand();

  /** A text. */
  @Benchmark
  public String ofText() {
    return Fingerprint.of("default", "model", text);
  }

  /** 784 floats. */
  @Benchmark
  public String ofPoint() {
    return Fingerprint.of("default", "model", point);
  }
}
