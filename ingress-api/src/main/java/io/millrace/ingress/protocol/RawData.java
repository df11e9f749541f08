package io.millrace.ingress.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Raw tensor data as it grows, little-endian. */
final class RawData {

  private static final int INITIAL_BYTES = 256;

  private ByteBuffer buffer = allocate(new byte[INITIAL_BYTES]);

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
  void putElement(ByteBuffer bytes) {
    room(Integer.BYTES + bytes.remaining()).putInt(bytes.remaining()).put(bytes);
  }

  /** What was written, ready to be read. */
  ByteBuffer finish() {
    return buffer.flip();
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      int position = buffer.position();
      int capacity = Math.max(buffer.capacity() * 2, position + bytes);
      buffer = allocate(Arrays.copyOf(buffer.array(), capacity)).position(position);
    }
    return buffer;
  }

  private static ByteBuffer allocate(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
