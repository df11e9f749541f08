package io.millrace.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The configuration of a broker that is its own controller, small enough for a laptop. */
final class KafkaSettings {

  static final String BROKER_LISTENER = "BROKER";
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  static final int NODE_ID = 1;

  private KafkaSettings() {}

  static Map<String, String> of(Path dataDirectory, int brokerPort, int controllerPort) {
    Map<String, String> settings = new LinkedHashMap<>();
    node(settings, dataDirectory, brokerPort, controllerPort);
    single(settings);
    small(settings);
    quickRestart(settings);
    longPauses(settings);
    return settings;
  }

  private static void node(
      Map<String, String> settings, Path dataDirectory, int brokerPort, int controllerPort) {
    String broker = Ports.HOST + ":" + brokerPort;
    String controller = Ports.HOST + ":" + controllerPort;
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put(
        "listeners",
        BROKER_LISTENER + "://" + broker + "," + CONTROLLER_LISTENER + "://" + controller);
    settings.put("advertised.listeners", BROKER_LISTENER + "://" + broker);
    settings.put(
        "listener.security.protocol.map",
        BROKER_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    settings.put("inter.broker.listener.name", BROKER_LISTENER);
    settings.put("controller.listener.names", CONTROLLER_LISTENER);
    settings.put("controller.quorum.voters", NODE_ID + "@" + controller);
    settings.put("log.dirs", dataDirectory.toString());
    // A misspelt topic is an error, not a new topic with default settings.
    settings.put("auto.create.topics.enable", "false");
  }

  /** Internal topics for one node. Their partition counts cannot change on existing data. */
  private static void single(Map<String, String> settings) {
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
  }

  private static void small(Map<String, String> settings) {
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");
    settings.put("num.recovery.threads.per.data.dir", "2");
    // The default takes 128 MB of heap.
    settings.put("log.cleaner.dedupe.buffer.size", "16777216");
  }

  private static void quickRestart(Map<String, String> settings) {
    // After a kill the controller waits for the old session to end before the broker may return.
    // Shorter would fence a broker whose processors are busy with models.
    settings.put("broker.session.timeout.ms", "3000");
    settings.put("broker.heartbeat.interval.ms", "500");
    // The default waits for ever.
    settings.put("server.max.startup.time.ms", "60000");
  }

  /**
   * A stack may be stopped for days between the two steps of a commit. Transactions that wait for
   * the second one must outlive that, or their results are lost; a producer asks for what it needs.
   */
  private static void longPauses(Map<String, String> settings) {
    settings.put("transaction.max.timeout.ms", Long.toString(Duration.ofDays(7).toMillis()));
    settings.put("transactional.id.expiration.ms", Long.toString(Duration.ofDays(14).toMillis()));
  }
}
