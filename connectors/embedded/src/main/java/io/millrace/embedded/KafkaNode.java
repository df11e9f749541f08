package io.millrace.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * A broker and its controller, put together as {@link KafkaRaftServer} does it, except that the
 * sockets are bound already and that a failed start does not end the process.
 */
final class KafkaNode implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaNode.class);
  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(30);

  private final StartupFaults faults = new StartupFaults();
  private final ControllerServer controller;
  private final BrokerServer broker;

  KafkaNode(
      Map<String, String> settings, InetSocketAddress controllerAddress, BoundListeners listeners) {
    KafkaConfig config = new KafkaConfig(settings, false);
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> storage =
        KafkaRaftServer.initializeLogDirs(config, LOG, "");
    MetaPropertiesEnsemble properties = storage._1();
    SharedServer shared =
        new SharedServer(
            config,
            properties,
            Time.SYSTEM,
            Server.initializeMetrics(config, Time.SYSTEM, properties.clusterId().orElseThrow()),
            CompletableFuture.completedFuture(Map.of(KafkaSettings.NODE_ID, controllerAddress)),
            List.of(),
            faults,
            listeners);
    controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), storage._2());
    broker = new BrokerServer(shared);
  }

  /**
   * Gives an empty directory a cluster id; leaves a formatted one as it is.
   *
   * @param scramArguments the users of the new cluster, as Kafka's own tool takes them
   */
  static void format(String directory, List<String> scramArguments) throws Exception {
    boolean formatted =
        new MetaPropertiesEnsemble.Loader()
            .addLogDirs(List.of(directory))
            .addMetadataLogDir(directory)
            .load()
            .clusterId()
            .isPresent();
    if (!formatted) {
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(KafkaSettings.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName(KafkaSettings.CONTROLLER_LISTENER)
          .addDirectory(directory)
          .setMetadataLogDirectory(directory)
          .setScramArguments(scramArguments)
          .run();
    }
  }

  /** Returns when the broker serves clients. */
  void start() {
    controller.startup();
    broker.startup();
    faults.started();
  }

  @Override
  public void close() {
    // The broker first: its controlled shutdown needs the controller. A part that was never
    // started, or has stopped by itself, ignores this.
    broker.shutdown(SHUTDOWN_TIMEOUT);
    controller.shutdown();
  }
}
