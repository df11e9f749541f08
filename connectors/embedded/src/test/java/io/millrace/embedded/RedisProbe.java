package io.millrace.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Asks a Redis one thing, in the inline form of its protocol. */
final class RedisProbe {

  private RedisProbe() {}

  /** The answer: a string, or a status with its sign, or {@code $-1} for none. */
  static String ask(String uri, String command) throws IOException {
    URI address = URI.create(uri);
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String first = answer.readLine();
      return first.startsWith("$") && !first.equals("$-1") ? answer.readLine() : first;
    }
  }
}
