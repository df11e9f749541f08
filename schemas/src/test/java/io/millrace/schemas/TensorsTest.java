package io.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorsTest {

  @Test
  void textsAndFloatsAreReadAsTheyWereWrittenAndAsOftenAsWanted() throws Exception {
    Tensor texts = Tensors.ofStrings("text", List.of("grüße", "", "👋 hi"));
    Tensor floats = Tensors.ofFloats("x", new long[] {2, 2}, new float[] {1f, -2.5f, 0f, 3e9f});

    for (int i = 0; i < 2; i++) {
      assertThat(Tensors.strings(texts)).containsExactly("grüße", "", "👋 hi");
      assertThat(Tensors.floats(floats)).containsExactly(1f, -2.5f, 0f, 3e9f);
    }
    assertThat(texts.getShape()).containsExactly(3L);
  }

  @Test
  void theRawFormIsTheBinaryExtensions() {
    Tensor text = Tensors.ofStrings("text", List.of("hi"));
    Tensor one = Tensors.ofFloats("x", new long[] {1}, new float[] {1f});

    assertThat(text.getData().array()).containsExactly(2, 0, 0, 0, 'h', 'i');
    assertThat(one.getData().array()).containsExactly(0, 0, 0x80, 0x3f);
  }

  @Test
  void dataThatDoesNotFitIsRefusedWithWhatWasExpected() {
    assertRefused(bytes(1, 5, 0, 0, 0, 'a'), "an element longer than its data");
    assertRefused(bytes(1, -1, -1, -1, -1, 'a'), "an element longer than its data");
    assertRefused(bytes(1, 1, 0), "ends inside the length");
    assertRefused(bytes(2, 1, 0, 0, 0, 'a'), "shape [2] but 1 elements");
    assertRefused(bytes(-1, 1, 0, 0, 0, 'a'), "shape [-1] but 1 elements");
    assertRefused(bytes(1, 1, 0, 0, 0, 0xff), "not valid UTF-8");
    assertThatThrownBy(
            () -> Tensors.validate(new Tensor("x", Datatype.INT64, List.of(1L), data(1, 2, 3))))
        .isInstanceOf(InvalidTensorException.class)
        .hasMessageContaining("no multiple of the 8 bytes of a INT64");
    assertThatThrownBy(
            () ->
                Tensors.validate(
                    new Tensor("x", Datatype.INT8, List.of(1L << 40, 1L << 40), data(1))))
        .isInstanceOf(InvalidTensorException.class);
    assertThatThrownBy(() -> Tensors.ofFloats("x", new long[] {3}, new float[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertRefused(Tensor tensor, String message) {
    assertThatThrownBy(() -> Tensors.strings(tensor))
        .isInstanceOf(InvalidTensorException.class)
        .hasMessageContaining(message);
  }

  private static Tensor bytes(long shape, int... data) {
    return new Tensor("text", Datatype.BYTES, List.of(shape), data(data));
  }

  private static ByteBuffer data(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length);
    for (int value : values) {
      buffer.put((byte) value);
    }
    return buffer.flip();
  }
}
