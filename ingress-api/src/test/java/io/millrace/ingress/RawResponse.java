package io.millrace.ingress;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What came back on a socket for one request. */
record RawResponse(int status, Map<String, String> headers, String body) {

  /**
   * Sends a request on a connection of its own.
   *
   * @return empty when the server hung up, or did not answer in time
   */
  static Optional<RawResponse> exchange(URI server, RawRequest request, int timeoutMillis)
      throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(timeoutMillis);
      socket.setTcpNoDelay(true);
      try {
        socket.getOutputStream().write(request.bytes());
      } catch (SocketException e) {
        // It answered and closed before it had read all.
      }
      return Optional.of(
          read(new BufferedInputStream(socket.getInputStream()), request.method.equals("HEAD")));
    } catch (SocketTimeoutException | SocketException | EOFException e) {
      return Optional.empty();
    }
  }

  private static RawResponse read(InputStream in, boolean head) throws IOException {
    int status =
        Integer.parseInt(line(in).substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    if (status == 100) {
      return read(in, head);
    }
    boolean endless = headers.getOrDefault("content-type", "").startsWith("text/event-stream");
    byte[] body = head || status == 204 || endless ? new byte[0] : body(in, headers);
    return new RawResponse(status, headers, new String(body, StandardCharsets.UTF_8));
  }

  private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      while (true) {
        int length = Integer.parseInt(line(in).strip(), 16);
        body.writeBytes(in.readNBytes(length));
        line(in);
        if (length == 0) {
          return body.toByteArray();
        }
      }
    }
    String length = headers.get("content-length");
    return length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("The server hung up");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
