package io.millrace.schemas.json;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Raw tensor data as it grows, little-endian. */
public final class RawData {

  private static final int INITIAL_BYTES = 256;

  private byte[] bytes = new byte[INITIAL_BYTES];
  private ByteBuffer buffer = littleEndian(bytes);

  void putByte(byte value) {
    room(Byte.BYTES).put(value);
  }

  void putShort(short value) {
    room(Short.BYTES).putShort(value);
  }

  void putInt(int value) {
    room(Integer.BYTES).putInt(value);
  }

  void putLong(long value) {
    room(Long.BYTES).putLong(value);
  }

  /** An element of BYTES: its length, then the bytes. */
  void putElement(ByteBuffer element) {
    room(Integer.BYTES + element.remaining()).putInt(element.remaining()).put(element);
  }

  /** What was written, ready to be read. */
  public ByteBuffer finish() {
    return buffer.flip();
  }

  private ByteBuffer room(int needed) {
    if (buffer.remaining() < needed) {
      int position = buffer.position();
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, position + needed));
      buffer = littleEndian(bytes).position(position);
    }
    return buffer;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
