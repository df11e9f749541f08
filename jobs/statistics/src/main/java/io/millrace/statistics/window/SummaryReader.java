package io.millrace.statistics.window;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;

/**
 * Reads what {@link SummaryWriter} wrote. Whatever is not as expected is an {@link
 * IllegalArgumentException}, before memory is taken for it.
 */
final class SummaryReader {

  private static final int MAX_GROUPS = 9;

  private final SummaryKind kind;
  private final ByteArrayInputStream bytes;
  private final DataInputStream in;

  /**
   * Starts after the version.
   *
   * @param version the only one there is
   */
  SummaryReader(SummaryKind kind, int version, byte[] content) {
    this.kind = kind;
    bytes = new ByteArrayInputStream(content);
    in = new DataInputStream(bytes);
    if (content.length < 3 || bytes.read() != 'M' || bytes.read() != kind.mark()) {
      throw new IllegalArgumentException(
          "%d bytes are no %s, expected them to start with M%s"
              .formatted(content.length, kind, kind.mark()));
    }
    int found = bytes.read();
    if (found != version) {
      throw new IllegalArgumentException(
          "A %s has format version %d, expected %d: it was written by a newer version of Millrace"
              .formatted(kind, found, version));
    }
  }

  long count() {
    long count = 0;
    for (int group = 0; group < MAX_GROUPS; group++) {
      int next = bytes.read();
      if (next < 0) {
        throw damaged("it ends early");
      }
      count |= (long) (next & 0x7f) << (7 * group);
      if (next < 0x80) {
        return count;
      }
    }
    throw damaged("a count does not end");
  }

  /** The number of things that follow, each of at least this many bytes. */
  int size(int bytesEach) {
    long size = count();
    if (size * bytesEach > bytes.available() || size > bytes.available()) {
      throw damaged("it says that %d things follow in %d bytes".formatted(size, bytes.available()));
    }
    return (int) size;
  }

  long[] counts() {
    long[] counts = new long[size(1)];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = count();
    }
    return counts;
  }

  long number() {
    return read(DataInputStream::readLong);
  }

  double decimal() {
    return read(DataInputStream::readDouble);
  }

  double[] decimals() {
    double[] numbers = new double[size(Double.BYTES)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = decimal();
    }
    return numbers;
  }

  float[] vector(int components) {
    float[] vector = new float[components];
    for (int i = 0; i < components; i++) {
      vector[i] = read(DataInputStream::readFloat);
    }
    return vector;
  }

  String text() {
    return read(from -> from.readUTF());
  }

  byte[] bytes() {
    byte[] content = new byte[size(1)];
    if (bytes.readNBytes(content, 0, content.length) != content.length) {
      throw damaged("it ends early");
    }
    return content;
  }

  /** Nothing may follow. */
  void end() {
    if (bytes.available() > 0) {
      throw damaged("%d bytes follow its end".formatted(bytes.available()));
    }
  }

  IllegalArgumentException damaged(String why) {
    return new IllegalArgumentException("A %s is damaged: %s".formatted(kind, why));
  }

  private <T> T read(Read<T> read) {
    try {
      return read.from(in);
    } catch (IOException e) {
      throw new IllegalArgumentException("A %s is damaged: it ends early".formatted(kind), e);
    }
  }

  private interface Read<T> {
    T from(DataInputStream in) throws IOException;
  }
}
