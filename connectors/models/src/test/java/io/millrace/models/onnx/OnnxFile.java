package io.millrace.models.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes small real ONNX files: protocol buffers by hand, with the field numbers of <a
 * href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>.
 */
final class OnnxFile {

  /** Element types, numbered as {@code TensorProto.DataType}. */
  enum Type {
    FLOAT(1),
    UINT8(2),
    INT8(3),
    UINT16(4),
    INT32(6),
    INT64(7),
    STRING(8),
    BOOL(9),
    DOUBLE(11);

    private final int number;

    Type(int number) {
      this.number = number;
    }
  }

  private final Message graph = new Message().text(2, "graph");

  /** A node of one output. */
  OnnxFile node(String operator, String output, String... inputs) {
    Message node = new Message();
    List.of(inputs).forEach(input -> node.text(1, input));
    graph.message(1, node.text(2, output).text(4, operator));
    return this;
  }

  /**
   * @param shape numbers, or names of dimensions that vary
   */
  OnnxFile input(String name, Type type, Object... shape) {
    graph.message(11, value(name, type, shape));
    return this;
  }

  /**
   * @param shape numbers, or names of dimensions that vary
   */
  OnnxFile output(String name, Type type, Object... shape) {
    graph.message(12, value(name, type, shape));
    return this;
  }

  Path write(Path file) throws IOException {
    Message model =
        new Message().number(1, 8).message(7, graph).message(8, new Message().number(2, 13));
    return Files.write(file, model.bytes.toByteArray());
  }

  private static Message value(String name, Type type, Object... shape) {
    Message dimensions = new Message();
    for (Object size : shape) {
      dimensions.message(
          1,
          size instanceof Integer fixed
              ? new Message().number(1, fixed)
              : new Message().text(2, size.toString()));
    }
    Message tensor = new Message().number(1, type.number).message(2, dimensions);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  private static final class Message {

    private static final int LENGTH_DELIMITED = 2;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Message number(int field, int value) {
      varint(field << 3);
      varint(value);
      return this;
    }

    Message text(int field, String value) {
      return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return bytes(field, value.bytes.toByteArray());
    }

    private Message bytes(int field, byte[] value) {
      varint((field << 3) | LENGTH_DELIMITED);
      varint(value.length);
      bytes.writeBytes(value);
      return this;
    }

    private void varint(int value) {
      int rest = value;
      while (rest > 0x7F) {
        bytes.write((rest & 0x7F) | 0x80);
        rest >>>= 7;
      }
      bytes.write(rest);
    }
  }
}
