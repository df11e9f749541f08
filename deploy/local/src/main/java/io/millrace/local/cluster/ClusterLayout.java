package io.millrace.local.cluster;

import java.nio.file.Path;

/**
 * What lies where in the data directory of a cluster.
 *
 * @param root absolute
 */
public record ClusterLayout(Path root) {

  public ClusterLayout {
    root = root.toAbsolutePath().normalize();
  }

  Path plan() {
    return root.resolve("plan.json");
  }

  Path state() {
    return root.resolve("cluster.json");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  /** The log of a part or of the supervisor. */
  Path log(String part) {
    return logs().resolve(part + ".log");
  }

  /** What a process wrote outside of its log: Java's own messages, mostly. */
  Path output(String part) {
    return logs().resolve(part + ".out");
  }

  Path configuration() {
    return root.resolve("conf");
  }

  /** Where Flink looks for its settings. */
  Path flink() {
    return configuration().resolve("config.yaml");
  }

  Path logging() {
    return configuration().resolve("log4j2.xml");
  }

  Path kafka() {
    return root.resolve("kafka");
  }

  Path redis() {
    return root.resolve("redis");
  }

  Path zookeeper() {
    return root.resolve("zookeeper");
  }

  Path highAvailability() {
    return root.resolve("ha");
  }

  /** The checkpoints of a job. */
  Path checkpoints(String job) {
    return root.resolve("checkpoints").resolve(job);
  }

  /** The savepoints of a job. */
  Path savepoints(String job) {
    return root.resolve("savepoints").resolve(job);
  }

  Path webhookSecrets() {
    return root.resolve("webhook-secrets.yaml");
  }

  /** Emptied at each start. */
  Path temporary(String part) {
    return root.resolve("tmp").resolve(part);
  }
}
