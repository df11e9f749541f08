package io.millrace.models.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiniteOutputsTest {

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void findsFloatsThatAreNoNumbers(float bad) {
    // Given
    Tensor fine = Tensors.ofFloats("fine", new long[] {2}, new float[] {0, Float.MAX_VALUE});
    Tensor tensor = Tensors.ofFloats("scores", new long[] {3}, new float[] {0.5f, -1, bad});

    // When // Then
    assertThat(FiniteOutputs.firstNonFinite(List.of(fine, tensor))).contains("scores");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void findsDoublesThatAreNoNumbers(double bad) {
    // Given
    Tensor tensor = tensor(Datatype.FP64, data(16).putDouble(Double.MAX_VALUE).putDouble(bad));

    // When // Then
    assertThat(FiniteOutputs.firstNonFinite(List.of(tensor))).contains("x");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x7E00, 0x7C00, 0xFC00, 0x7C01})
  void findsHalvesThatAreNoNumbers(int bad) {
    // Given: 1.0 and the bad one
    Tensor tensor = tensor(Datatype.FP16, data(4).putShort((short) 0x3C00).putShort((short) bad));

    // When // Then
    assertThat(FiniteOutputs.firstNonFinite(List.of(tensor))).contains("x");
  }

  @Test
  void takesFiniteNumbersOfEverySize() {
    // Given: the largest numbers of each type
    List<Tensor> outputs =
        List.of(
            tensor(Datatype.FP16, data(4).putShort((short) 0x7BFF).putShort((short) 0xFBFF)),
            tensor(Datatype.FP32, data(8).putFloat(Float.MAX_VALUE).putFloat(-0f)),
            tensor(Datatype.FP64, data(8).putDouble(-Double.MAX_VALUE)),
            tensor(Datatype.FP32, data(0)));

    // When // Then
    assertThat(FiniteOutputs.firstNonFinite(outputs)).isEmpty();
  }

  @Test
  void bytesThatAreNoFloatsMayBeAnything() {
    // Given: all ones, which is NaN in each floating type
    Tensor integers = tensor(Datatype.INT64, data(8).putLong(-1));

    // When // Then
    assertThat(FiniteOutputs.firstNonFinite(List.of(integers))).isEmpty();
    assertThat(FiniteOutputs.firstNonFinite(List.of())).isEmpty();
  }

  @Test
  void leavesTheDataWhereItIs() {
    // Given
    Tensor tensor = Tensors.ofFloats("scores", new long[] {1}, new float[] {1});

    // When
    var unused = FiniteOutputs.firstNonFinite(List.of(tensor));

    // Then
    assertThat(tensor.getData().remaining()).isEqualTo(4);
  }

  private static ByteBuffer data(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Tensor tensor(Datatype datatype, ByteBuffer data) {
    return new Tensor("x", datatype, List.of(), data.flip());
  }
}
