package io.millrace.ingress.protocol;

import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import java.util.List;

/** Many requests in one body. It knows where each stands; none is read before it is asked for. */
public final class Batch {

  private final InferenceRequestReader reader;
  private final int maxItemBytes;
  private final byte[] body;
  private final List<Section> items;

  Batch(InferenceRequestReader reader, int maxItemBytes, byte[] body, List<Section> items) {
    this.reader = reader;
    this.maxItemBytes = maxItemBytes;
    this.body = body;
    this.items = List.copyOf(items);
  }

  /** A part of the body. */
  record Section(int offset, int length) {}

  /** How many requests there are, at least one. */
  public int size() {
    return items.size();
  }

  /**
   * Reads one request; lines, columns and pointers are those of the item.
   *
   * @throws ProblemException {@code TOO_LARGE} when it is larger than a body of one request may be;
   *     else as {@link InferenceRequestReader#read(byte[])}
   */
  public InferenceRequest read(int index) {
    Section item = items.get(index);
    if (item.length() > maxItemBytes) {
      throw new ProblemException(
          ProblemType.TOO_LARGE,
          "The item is too large; it may have at most %d bytes.".formatted(maxItemBytes));
    }
    return reader.read(body, item.offset(), item.length());
  }
}
