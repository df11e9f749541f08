package io.millrace.benchmarks;

import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.avro.InferenceCommand;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Commands to bytes and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {

  private final InferenceCommand text = Commands.text();
  private final InferenceCommand point = Commands.point();
  private final byte[] encodedText = MessageCodec.COMMANDS.encode(text);
  private final byte[] encodedPoint = MessageCodec.COMMANDS.encode(point);

  /** A text. */
  @Benchmark
  public byte[] encodeText() {
    return MessageCodec.COMMANDS.encode(text);
  }

  /** 784 floats. */
  @Benchmark
  public byte[] encodePoint() {
    return MessageCodec.COMMANDS.encode(point);
  }

  /** A text. */
  @Benchmark
  public InferenceCommand decodeText() throws DecodeException {
    return MessageCodec.COMMANDS.decode(encodedText);
  }

  /** 784 floats. */
  @Benchmark
  public InferenceCommand decodePoint() throws DecodeException {
    return MessageCodec.COMMANDS.decode(encodedPoint);
  }
}
