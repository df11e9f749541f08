package io.millrace.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Ports on the IPv4 loopback interface, the only one that the embedded servers listen on. */
final class Ports {

  static final String HOST = "127.0.0.1";

  private static final int HIGHEST = 65_535;

  private Ports() {}

  static int check(int port) {
    if (port < 0 || port > HIGHEST) {
      throw new IllegalArgumentException(
          "Port " + port + " is not between 0 (any free port) and " + HIGHEST);
    }
    return port;
  }

  static InetSocketAddress address(int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four bytes are always an address", e);
    }
  }

  /** A port that was free a moment ago: its user must be ready to find it taken. */
  static int findFree() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(address(0));
      return socket.getLocalPort();
    }
  }

  static String taken(String server, int port) {
    return "Cannot start "
        + server
        + " on port "
        + port
        + " of "
        + HOST
        + ": the port is already in use. Stop what uses it, or choose another port (0 for any)";
  }
}
