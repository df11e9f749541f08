package io.millrace.local.stack;

import io.millrace.embedded.EmbeddedKafka;
import java.net.URI;
import java.nio.file.Path;

/** The broker of a stack. After an outage it is there with all that it had. */
final class Broker implements AutoCloseable, Outage {

  private final Path directory;
  private final String bootstrapServers;
  private EmbeddedKafka kafka;

  private Broker(Path directory, EmbeddedKafka kafka) {
    this.directory = directory;
    this.kafka = kafka;
    bootstrapServers = kafka.bootstrapServers();
  }

  static Broker start(Path directory) {
    return new Broker(directory, EmbeddedKafka.start(directory, 0));
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public synchronized void begin() {
    kafka.close();
  }

  @Override
  public synchronized void end() {
    kafka = EmbeddedKafka.start(directory, URI.create("kafka://" + bootstrapServers).getPort());
  }

  @Override
  public synchronized void close() {
    kafka.close();
  }
}
