package io.millrace.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file of a package that tells how far it is read. */
final class CountedInput extends FilterInputStream {

  private final String file;
  private final ByteCount count;

  CountedInput(InputStream in, String file, ByteCount count) {
    super(in);
    this.file = file;
    this.count = count;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    if (value >= 0) {
      count.add(file, 1);
    }
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    if (read > 0) {
      count.add(file, read);
    }
    return read;
  }
}
