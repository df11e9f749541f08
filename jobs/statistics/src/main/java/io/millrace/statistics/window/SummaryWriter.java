package io.millrace.statistics.window;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes a summary: two bytes for what it is and one for its format's version, then its fields in
 * their order. Counts are in 7-bit groups, least significant first, the high bit set on all but the
 * last.
 */
final class SummaryWriter {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  SummaryWriter(SummaryKind kind, int version) {
    bytes.write('M');
    bytes.write(kind.mark());
    bytes.write(version);
  }

  /** 0 or more. */
  SummaryWriter count(long count) {
    long left = count;
    while (left > 0x7f) {
      bytes.write((int) ((left & 0x7f) | 0x80));
      left >>>= 7;
    }
    bytes.write((int) left);
    return this;
  }

  SummaryWriter counts(long[] counts) {
    count(counts.length);
    for (long count : counts) {
      count(count);
    }
    return this;
  }

  SummaryWriter number(long number) {
    return write(() -> out.writeLong(number));
  }

  SummaryWriter number(double number) {
    return write(() -> out.writeDouble(number));
  }

  SummaryWriter numbers(double[] numbers) {
    count(numbers.length);
    for (double number : numbers) {
      number(number);
    }
    return this;
  }

  /** Its length is not written. */
  SummaryWriter vector(float[] vector) {
    for (float component : vector) {
      write(() -> out.writeFloat(component));
    }
    return this;
  }

  /** At most 65,535 bytes in UTF-8. */
  SummaryWriter text(String text) {
    return write(() -> out.writeUTF(text));
  }

  SummaryWriter bytes(byte[] content) {
    count(content.length);
    bytes.writeBytes(content);
    return this;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  private SummaryWriter write(Write write) {
    try {
      write.write();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("A summary cannot be written", e);
    }
  }

  private interface Write {
    void write() throws IOException;
  }
}
