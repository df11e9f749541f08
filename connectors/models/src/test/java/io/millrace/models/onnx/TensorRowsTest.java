package io.millrace.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TensorRowsTest {

  @Test
  void readsEveryDatatypeThatTensorModelsTake() {
    assertThat(second(Datatype.FP32, 4, data -> data.putFloat(4, 1.5f))).isEqualTo(1.5);
    assertThat(second(Datatype.FP64, 8, data -> data.putDouble(8, -0.1))).isEqualTo(-0.1);
    assertThat(second(Datatype.INT32, 4, data -> data.putInt(4, -7))).isEqualTo(-7);
    assertThat(second(Datatype.INT64, 8, data -> data.putLong(8, 1L << 40))).isEqualTo(1L << 40);
    assertThat(second(Datatype.INT8, 1, data -> data.put(1, (byte) -1))).isEqualTo(-1);
    assertThat(second(Datatype.UINT8, 1, data -> data.put(1, (byte) -1))).isEqualTo(255);
    assertThat(second(Datatype.BOOL, 1, data -> data.put(1, (byte) 1))).isEqualTo(1);
  }

  @Test
  void readsWhatABufferHoldsAfterItsPosition() {
    // Given
    ByteBuffer data = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    data.putFloat(4, 2).putFloat(8, 3).position(4);

    // When
    TensorRows rows = new TensorRows(new Tensor("x", Datatype.FP32, List.of(2L), data), 2);

    // Then
    assertThat(rows.elements()).isEqualTo(1);
    assertThat(rows.value(1, 0)).isEqualTo(3);
  }

  @Test
  void whatCannotBeCutIntoRowsHasNoNumbers() {
    // Given
    Tensor three = new Tensor("x", Datatype.FP32, List.of(3L), ByteBuffer.allocate(12));

    // When
    TensorRows rows = new TensorRows(three, 2);

    // Then
    assertThat(rows.elements()).isZero();
    assertThat(rows.sumOfSquares(0)).isNaN();
  }

  /** The second of two rows of one number. */
  private static double second(Datatype datatype, int bytes, Consumer<ByteBuffer> write) {
    ByteBuffer data = ByteBuffer.allocate(2 * bytes).order(ByteOrder.LITTLE_ENDIAN);
    write.accept(data);
    return new TensorRows(new Tensor("x", datatype, List.of(2L), data), 2).value(1, 0);
  }
}
