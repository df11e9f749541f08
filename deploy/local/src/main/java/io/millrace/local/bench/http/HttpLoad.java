package io.millrace.local.bench.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * A closed loop of one request on many connections: the next one of a connection goes out when the
 * answer is there. One thread without an HTTP library, so that the client takes little of the
 * processors that it shares with the server.
 */
final class HttpLoad implements AutoCloseable {

  private static final Duration SELECT = Duration.ofMillis(100);

  private final Selector selector = Selector.open();
  private final byte[] request;
  private final LongAdder accepted = new LongAdder();
  private final LongAdder others = new LongAdder();
  private final Thread thread = new Thread(this::run, "http-load");
  private volatile boolean closing;

  private HttpLoad(byte[] request) throws IOException {
    this.request = request;
  }

  /** Starts so many connections that POST a body. */
  static HttpLoad start(URI uri, byte[] body, int connections) throws IOException {
    byte[] head =
        "POST %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(uri.getPath(), uri.getHost(), uri.getPort(), body.length)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] request = ByteBuffer.allocate(head.length + body.length).put(head).put(body).array();
    HttpLoad load = new HttpLoad(request);
    for (int i = 0; i < connections; i++) {
      load.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
    }
    load.thread.setDaemon(true);
    load.thread.start();
    return load;
  }

  private void connect(InetSocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    Connection connection = new Connection(channel);
    channel.register(selector, SelectionKey.OP_READ, connection);
    connection.send();
  }

  private final class Connection {

    private final SocketChannel channel;
    private final HttpAnswers answers = new HttpAnswers();
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 14);

    Connection(SocketChannel channel) {
      this.channel = channel;
    }

    void send() throws IOException {
      ByteBuffer out = ByteBuffer.wrap(request);
      // One small request on a connection that is empty: the socket's buffer takes it.
      while (out.hasRemaining()) {
        channel.write(out);
      }
    }

    void read() throws IOException {
      buffer.clear();
      if (channel.read(buffer) < 0) {
        throw new IOException("The server has closed a connection");
      }
      buffer.flip();
      for (int status = answers.next(buffer); status > 0; status = answers.next(buffer)) {
        (status == 202 ? accepted : others).increment();
        send();
      }
    }
  }

  private void run() {
    try {
      while (!closing) {
        selector.select(
            key -> {
              try {
                ((Connection) key.attachment()).read();
              } catch (IOException e) {
                key.cancel();
                others.increment();
              }
            },
            SELECT.toMillis());
      }
    } catch (IOException e) {
      closing = true;
    }
  }

  /** Requests that were answered with 202 so far. */
  long accepted() {
    return accepted.sum();
  }

  /** Those that were answered otherwise, or not. */
  long others() {
    return others.sum();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    closing = true;
    selector.wakeup();
    thread.join();
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
