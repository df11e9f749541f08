package io.millrace.schemas;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro's binary encoding and believes no length that is larger than what is left of the
 * record. Avro's own decoder allocates what a length says before it looks, so that a damaged record
 * of a hundred bytes could ask for two gigabytes.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#binary-encoding">Avro binary
 *     encoding</a>
 */
final class BoundedDecoder extends Decoder {

  private final ByteArrayInputStream in;
  private final BinaryDecoder decoder;

  BoundedDecoder(byte[] bytes, int offset) {
    in = new ByteArrayInputStream(bytes, offset, bytes.length - offset);
    // The direct decoder reads no further than it must, so the stream knows what is left.
    decoder = DecoderFactory.get().directBinaryDecoder(in, null);
  }

  @Override
  public Utf8 readString(@Nullable Utf8 old) throws IOException {
    return new Utf8(readPrefixed());
  }

  @Override
  public String readString() throws IOException {
    return new String(readPrefixed(), StandardCharsets.UTF_8);
  }

  @Override
  public void skipString() throws IOException {
    skipBytes();
  }

  @Override
  public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
    return ByteBuffer.wrap(readPrefixed());
  }

  @Override
  public void skipBytes() throws IOException {
    skipFixed(bounded(decoder.readLong()));
  }

  @Override
  public long readArrayStart() throws IOException {
    return readBlockCount();
  }

  @Override
  public long arrayNext() throws IOException {
    return readBlockCount();
  }

  @Override
  public long skipArray() throws IOException {
    return readBlockCount();
  }

  @Override
  public long readMapStart() throws IOException {
    return readBlockCount();
  }

  @Override
  public long mapNext() throws IOException {
    return readBlockCount();
  }

  @Override
  public long skipMap() throws IOException {
    return readBlockCount();
  }

  @Override
  public void readNull() {}

  @Override
  public boolean readBoolean() throws IOException {
    return decoder.readBoolean();
  }

  @Override
  public int readInt() throws IOException {
    return decoder.readInt();
  }

  @Override
  public long readLong() throws IOException {
    return decoder.readLong();
  }

  @Override
  public float readFloat() throws IOException {
    return decoder.readFloat();
  }

  @Override
  public double readDouble() throws IOException {
    return decoder.readDouble();
  }

  @Override
  public void readFixed(byte[] bytes, int start, int length) throws IOException {
    decoder.readFixed(bytes, start, length);
  }

  @Override
  public void skipFixed(int length) throws IOException {
    in.skipNBytes(length);
  }

  @Override
  public int readEnum() throws IOException {
    return decoder.readEnum();
  }

  @Override
  public int readIndex() throws IOException {
    return decoder.readIndex();
  }

  private byte[] readPrefixed() throws IOException {
    byte[] bytes = new byte[bounded(decoder.readLong())];
    decoder.readFixed(bytes, 0, bytes.length);
    return bytes;
  }

  /** A block's item count; a negative one is followed by the block's size in bytes. */
  private long readBlockCount() throws IOException {
    long count = decoder.readLong();
    if (count < 0) {
      bounded(decoder.readLong());
      count = -count;
    }
    // No contract has items of no bytes, so there cannot be more items than bytes.
    return bounded(count);
  }

  private int bounded(long length) throws IOException {
    if (length < 0 || length > in.available()) {
      throw new EOFException("A length of " + length + " with " + in.available() + " bytes left");
    }
    return (int) length;
  }
}
