package io.millrace.local.stack;

import io.millrace.local.terminal.CommandFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of the loopback interface. */
public final class Ports {

  static final String HOST = "127.0.0.1";

  private Ports() {}

  /**
   * Checks that nothing listens on a port.
   *
   * @param port the port; 0, for any free one, is never taken
   * @param use what it is wanted for
   * @param option how the user chooses another
   * @throws CommandFailedException names the port, its use and the option
   */
  public static void requireFree(int port, String use, String option) {
    if (port == 0) {
      return;
    }
    try (ServerSocket socket = open(port)) {
      socket.getLocalPort();
    } catch (IOException e) {
      throw new CommandFailedException(
          "Port %d for %s is taken. Stop what uses it, or choose another with %s"
              .formatted(port, use, option),
          e);
    }
  }

  /** Whether nothing listens on a port. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = open(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  /** A port that was free just now. */
  public static int anyFree() throws IOException {
    try (ServerSocket socket = open(0)) {
      return socket.getLocalPort();
    }
  }

  private static ServerSocket open(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }
}
