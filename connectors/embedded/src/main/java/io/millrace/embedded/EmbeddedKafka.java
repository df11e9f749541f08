package io.millrace.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real Kafka broker in this process, its own KRaft controller, on the loopback interface. Close
 * it to stop it; nothing is done at JVM shutdown. A fatal fault of the running broker ends the
 * process, as Kafka does it.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private final DataDirectory directory;
  private final KafkaNode node;
  private final int port;

  private EmbeddedKafka(DataDirectory directory, KafkaNode node, int port) {
    this.directory = directory;
    this.node = node;
    this.port = port;
  }

  /**
   * Starts a broker and waits until it serves clients. On a directory that a broker has used
   * before, its topics, records, offsets and cluster id are there again, whatever the port.
   *
   * @param dataDirectory created when it is missing; no comma in its path, which Kafka would take
   *     for a list
   * @param port the port to listen on; 0 for any free one
   * @throws EmbeddedServerException when the port is taken, the directory is in use or cannot be
   *     used, or the broker does not start
   */
  public static EmbeddedKafka start(Path dataDirectory, int port) {
    return start(dataDirectory, port, Optional.empty());
  }

  /**
   * The same, of a broker that asks its clients who they are and lets nobody do anything without an
   * ACL. A directory keeps the users that it was made with.
   *
   * @throws EmbeddedServerException also when a certificate cannot be read
   */
  public static EmbeddedKafka startSecured(Path dataDirectory, int port, BrokerSecurity security) {
    return start(dataDirectory, port, Optional.of(security));
  }

  private static EmbeddedKafka start(
      Path dataDirectory, int port, Optional<BrokerSecurity> security) {
    Ports.check(port);
    DataDirectory directory = DataDirectory.claim(dataDirectory);
    boolean started = false;
    try (BoundListeners listeners = new BoundListeners()) {
      int brokerPort = listeners.bind(KafkaSettings.BROKER_LISTENER, port);
      KafkaNode node = startNode(directory.path(), listeners, brokerPort, security);
      started = true;
      return new EmbeddedKafka(directory, node, brokerPort);
    } finally {
      if (!started) {
        directory.close();
      }
    }
  }

  private static KafkaNode startNode(
      Path directory, BoundListeners listeners, int brokerPort, Optional<BrokerSecurity> security) {
    if (directory.toString().contains(",")) {
      throw new EmbeddedServerException(
          "Kafka's data directory must not have a comma in its path, but is " + directory, null);
    }
    int controllerPort = listeners.bind(KafkaSettings.CONTROLLER_LISTENER, 0);
    try {
      Map<String, String> settings = KafkaSettings.of(directory, brokerPort, controllerPort);
      if (security.isPresent()) {
        int internalPort = listeners.bind(BrokerSecurity.INTERNAL_LISTENER, 0);
        security.get().secure(settings, internalPort);
      }
      KafkaNode.format(
          directory.toString(), security.map(BrokerSecurity::scramArguments).orElse(List.of()));
      KafkaNode node = new KafkaNode(settings, Ports.address(controllerPort), listeners);
      startOrClose(node);
      return node;
    } catch (Exception e) {
      throw new EmbeddedServerException(
          "Kafka did not start on the data directory " + directory + ": " + e.getMessage(), e);
    }
  }

  private static void startOrClose(KafkaNode node) {
    boolean started = false;
    try {
      node.start();
      started = true;
    } finally {
      if (!started) {
        node.close();
      }
    }
  }

  /** Host and port, as Kafka clients want them. */
  public String bootstrapServers() {
    return Ports.HOST + ":" + port;
  }

  /** Stops the broker and waits until it has stopped. Closing it again does nothing. */
  @Override
  public void close() {
    node.close();
    directory.close();
  }
}
