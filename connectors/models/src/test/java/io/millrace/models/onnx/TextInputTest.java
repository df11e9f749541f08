package io.millrace.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.models.InvalidInputException;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextInputTest {

  private final TextInput input = new TextInput(TextSignature.embedding(384).inputs().get(0), 2);

  @Test
  void readsTexts() throws Exception {
    assertThat(input.texts(List.of(Tensors.ofStrings("text", List.of("früh", "\uD83D\uDE00")))))
        .containsExactly("früh", "\uD83D\uDE00");
  }

  @Test
  void refusesAnotherNumberOfTensors() {
    Tensor text = Tensors.ofStrings("text", List.of("a"));
    assertRefused(List.of(), "expected one input tensor 'text' of datatype BYTES and shape [-1]");
    assertRefused(List.of(text, text), "but there are 2 tensors");
  }

  @Test
  void refusesAnotherName() {
    assertRefused(List.of(Tensors.ofStrings("txt", List.of("a"))), "its name is another");
  }

  @Test
  void refusesAnotherDatatype() {
    assertRefused(
        List.of(Tensors.ofFloats("text", new long[] {1}, new float[1])), "its datatype is FP32");
  }

  @Test
  void refusesAnotherShape() {
    Tensor matrix = Tensors.ofStrings("text", List.of("a"));
    matrix.setShape(List.of(1L, 1L));
    assertRefused(List.of(matrix), "its shape is [1, 1]");
  }

  @Test
  void refusesAShapeThatTheDataDoesNotFit() {
    Tensor tensor = Tensors.ofStrings("text", List.of("a"));
    tensor.setShape(List.of(2L));
    assertRefused(List.of(tensor), "shape [2] but 1 elements");
  }

  @Test
  void refusesNoText() {
    assertRefused(List.of(Tensors.ofStrings("text", List.of())), "it holds no text");
  }

  @Test
  void refusesMoreTextsThanABatchHolds() {
    assertRefused(
        List.of(Tensors.ofStrings("text", List.of("a", "b", "c"))),
        "it holds 3 texts, at most 2 are allowed");
  }

  @Test
  void refusesATextThatTakesSecondsToTokenise() {
    assertRefused(
        List.of(Tensors.ofStrings("text", List.of("a", "b".repeat(65_537)))),
        "text 1 is longer than 65536 characters");
  }

  @Test
  void refusesInvalidUtf8() {
    // Given one element of one byte that starts a longer sequence
    ByteBuffer data = ByteBuffer.wrap(new byte[] {1, 0, 0, 0, (byte) 0xC3});

    // Then
    assertRefused(
        List.of(new Tensor("text", Datatype.BYTES, List.of(1L), data)), "is not valid UTF-8");
  }

  private void assertRefused(List<Tensor> inputs, String message) {
    assertThatThrownBy(() -> input.texts(inputs))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }
}
