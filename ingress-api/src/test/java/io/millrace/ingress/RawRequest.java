package io.millrace.ingress;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An HTTP request that may be as wrong as bytes can be. */
final class RawRequest {

  /** How the server learns where the body ends. */
  enum Framing {
    LENGTH,
    CHUNKED,
    NONE
  }

  String method;
  String target;
  String version = "HTTP/1.1";
  final List<String> headers = new ArrayList<>();
  byte[] body = {};
  Framing framing = Framing.LENGTH;

  /** What was done to it, for the report. */
  final List<String> mutations = new ArrayList<>();

  /** Whether HTTP itself is broken, so that the server may hang up or wait instead of answering. */
  boolean brokenHttp;

  RawRequest(String method, String target) {
    this.method = method;
    this.target = target;
  }

  void header(String name, String value) {
    headers.removeIf(header -> header.regionMatches(true, 0, name + ":", 0, name.length() + 1));
    headers.add(name + ": " + value);
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    text(out, method + " " + target + " " + version + "\r\n");
    headers.forEach(header -> text(out, header + "\r\n"));
    switch (framing) {
      case LENGTH -> {
        text(out, "Content-Length: " + body.length + "\r\n\r\n");
        out.writeBytes(body);
      }
      case CHUNKED -> {
        text(out, "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length) + "\r\n");
        out.writeBytes(body);
        text(out, body.length == 0 ? "\r\n" : "\r\n0\r\n\r\n");
      }
      case NONE -> {
        text(out, "\r\n");
        out.writeBytes(body);
      }
    }
    return out.toByteArray();
  }

  /** The surface whose error format is expected; null when that cannot be said. */
  String path() {
    int end = target.indexOf('?');
    return end < 0 ? target : target.substring(0, end);
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public String toString() {
    String shown = new String(bytes(), StandardCharsets.ISO_8859_1);
    String cut = shown.length() > 800 ? shown.substring(0, 800) + "..." : shown;
    return mutations + "\n" + cut.replaceAll("[^\\n\\x20-\\x7e]", ".");
  }
}
