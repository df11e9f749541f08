package org.apache.flink.metrics.prometheus;

import io.prometheus.client.exporter.HTTPServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Flink's own reporter listens on all interfaces and cannot be told otherwise; this one serves the
 * same registry on the loopback interface. It is in Flink's package because the registry is not
 * visible outside of it.
 */
final class LoopbackPrometheusReporter extends AbstractPrometheusReporter {

  private final HTTPServer server;

  LoopbackPrometheusReporter(int port) {
    try {
      server =
          new HTTPServer(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), port), registry, true);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot serve Flink's metrics on port " + port, e);
    }
  }

  @Override
  public void close() {
    server.stop();
    super.close();
  }
}
