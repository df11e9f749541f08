package io.millrace.local.bench.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Cuts what comes on a connection into answers of HTTP/1.1, and tells their statuses. Bodies have a
 * length or come in chunks; what is in them does not matter.
 */
final class HttpAnswers {

  private static final String LENGTH = "\r\ncontent-length:";
  private static final String CHUNKED = "\r\ntransfer-encoding: chunked";
  private static final String LAST_CHUNK = "\r\n0\r\n\r\n";

  private final StringBuilder received = new StringBuilder();

  /**
   * Takes what has come.
   *
   * @return the status of the next complete answer; 0 when more has to come first
   */
  int next(ByteBuffer bytes) {
    received.append(StandardCharsets.ISO_8859_1.decode(bytes));
    int end = end();
    if (end < 0) {
      return 0;
    }
    int status = Integer.parseInt(received.substring(9, 12));
    received.delete(0, end);
    return status;
  }

  /** Where the first answer ends; -1 when it is not complete. */
  private int end() {
    int head = received.indexOf("\r\n\r\n");
    if (head < 0) {
      return -1;
    }
    String headers = received.substring(0, head + 2).toLowerCase(Locale.ROOT);
    int body = head + 4;
    if (headers.contains(CHUNKED)) {
      // An empty body is a last chunk right behind the head.
      int last = received.indexOf(LAST_CHUNK, head + 2);
      return last < 0 ? -1 : last + LAST_CHUNK.length();
    }
    int at = headers.indexOf(LENGTH);
    int length =
        at < 0
            ? 0
            : Integer.parseInt(
                headers
                    .substring(at + LENGTH.length(), headers.indexOf("\r\n", at + LENGTH.length()))
                    .strip());
    return received.length() < body + length ? -1 : body + length;
  }
}
