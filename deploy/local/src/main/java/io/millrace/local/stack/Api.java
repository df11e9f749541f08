package io.millrace.local.stack;

import io.millrace.embedded.EmbeddedKafka;
import io.millrace.embedded.EmbeddedRedis;
import java.net.URI;

/** The HTTP API in this process. */
final class Api implements AutoCloseable {

  private final URI uri;

  private Api(URI uri) {
    this.uri = uri;
  }

  static Api start(int port, EmbeddedKafka kafka, EmbeddedRedis redis) {
    throw new UnsupportedOperationException("" + port + kafka + redis);
  }

  URI uri() {
    return uri;
  }

  @Override
  public void close() {}
}
