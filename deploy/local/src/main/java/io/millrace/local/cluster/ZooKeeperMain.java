package io.millrace.local.cluster;

import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.DatadirCleanupManager;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ZooKeeperServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the ZooKeeper that comes inside Flink's client of it, alone, on the loopback interface,
 * until the process is told to end. Flink keeps there who leads, and where jobs and checkpoints
 * are.
 */
final class ZooKeeperMain {

  private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperMain.class);

  /** Sessions last from 2 to 20 ticks without a sign of life, as clients ask for it. */
  private static final int TICK_MILLIS = 500;

  private static final int MAX_CONNECTIONS = 200;
  private static final int SNAPSHOTS_KEPT = 3;
  private static final int PURGE_HOURS = 1;

  private ZooKeeperMain() {}

  /** Takes the data directory and the port. */
  public static void main(String[] arguments) {
    ProcessEnd.onFailure(() -> start(new File(arguments[0]), Integer.parseInt(arguments[1])));
  }

  private static void start(File directory, int port) throws Exception {
    // 64 MB a log file otherwise, whatever is in it.
    System.setProperty("zookeeper.preAllocSize", "1024");
    ZooKeeperServer server = new ZooKeeperServer(directory, directory, TICK_MILLIS);
    ServerCnxnFactory connections =
        ServerCnxnFactory.createFactory(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MAX_CONNECTIONS);
    connections.startup(server);
    DatadirCleanupManager purge =
        new DatadirCleanupManager(directory, directory, SNAPSHOTS_KEPT, PURGE_HOURS);
    purge.start();
    ProcessEnd.onSignal(
        "zookeeper",
        () -> {
          purge.shutdown();
          connections.shutdown();
        });
    LOG.info("Listening on port {}", connections.getLocalPort());
  }
}
