package io.millrace.ingress.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The raw tensor data that follows the JSON of a body, handed out in the order of the inputs.
 *
 * @see <a
 *     href="https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_binary_data.md">The
 *     binary tensor data extension</a>
 */
final class BinarySection {

  private final byte[] body;
  private int position;

  /**
   * @param start where the JSON ends
   */
  BinarySection(byte[] body, int start) {
    this.body = body;
    this.position = start;
  }

  /** Bytes that are left. */
  int left() {
    return body.length - position;
  }

  /** The next bytes, without copying them; null when there are not so many left. */
  @Nullable ByteBuffer take(long bytes) {
    if (bytes < 0 || bytes > left()) {
      return null;
    }
    ByteBuffer taken = ByteBuffer.wrap(body, position, (int) bytes).slice();
    position += (int) bytes;
    return taken;
  }
}
