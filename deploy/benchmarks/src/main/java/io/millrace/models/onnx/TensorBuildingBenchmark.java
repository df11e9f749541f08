package io.millrace.models.onnx;

import io.millrace.models.InvalidInputException;
import io.millrace.models.packages.ModelManifest.TensorSpec;
import io.millrace.schemas.InvalidTensorException;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.Tensor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Tensors made, checked and read. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TensorBuildingBenchmark {

  private static final long[] SHAPE = {1, 1, 784};

  private final float[] values = new float[784];
  private final Tensor point = Tensors.ofFloats("input", SHAPE, values);
  private final List<Tensor> inputs = List.of(point);
  private final TensorInputs signature =
      new TensorInputs(
          List.of(new TensorSpec("input", Datatype.FP32, List.of(-1L, 1L, 784L))), true, 64);

  /** 784 floats to a tensor. */
  @Benchmark
  public Tensor build() {
    return Tensors.ofFloats("input", SHAPE, values);
  }

  /** A request's tensor against the signature. */
  @Benchmark
  public TensorItem check() throws InvalidInputException {
    return signature.item(inputs);
  }

  /** A tensor to 784 floats. */
  @Benchmark
  public float[] read() throws InvalidTensorException {
    return Tensors.floats(point);
  }
}
