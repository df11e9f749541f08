package io.millrace.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * Sockets that are bound before Kafka is configured. So a free port is known, and ours, when the
 * advertised listeners and the controller's voters are written; nothing can take it in between.
 */
final class BoundListeners implements ServerSocketFactory, AutoCloseable {

  private static final int BACKLOG = 128;

  private final Map<String, ServerSocketChannel> unclaimed = new ConcurrentHashMap<>();

  /**
   * Binds a listener.
   *
   * @return the port, which is another one than asked for only when that was 0
   */
  int bind(String listener, int port) {
    try {
      ServerSocketChannel channel = ServerSocketChannel.open();
      unclaimed.put(listener, channel);
      channel.configureBlocking(false);
      channel.bind(Ports.address(port), BACKLOG);
      return channel.socket().getLocalPort();
    } catch (BindException e) {
      throw new EmbeddedServerException(Ports.taken("Kafka", port), e);
    } catch (IOException e) {
      throw new EmbeddedServerException("Cannot open port " + port + " for Kafka", e);
    }
  }

  @Override
  public ServerSocketChannel openServerSocket(
      String listenerName, InetSocketAddress address, int backlog, int receiveBufferBytes)
      throws IOException {
    ServerSocketChannel channel = unclaimed.remove(listenerName);
    if (channel == null) {
      throw new IOException("No socket was bound for the listener " + listenerName);
    }
    return channel;
  }

  /** Closes what Kafka has not taken over. */
  @Override
  public void close() {
    for (ServerSocketChannel channel : unclaimed.values()) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new EmbeddedServerException("Cannot close a socket of Kafka", e);
      }
    }
    unclaimed.clear();
  }
}
