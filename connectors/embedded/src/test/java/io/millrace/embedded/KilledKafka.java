package io.millrace.embedded;

import java.nio.file.Path;

/** Starts a broker, writes a record to it, and dies with the broker running. */
final class KilledKafka {

  private KilledKafka() {}

  public static void main(String[] arguments) throws Exception {
    EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(arguments[0]), 0);
    KafkaProbe probe = new KafkaProbe(kafka.bootstrapServers());
    probe.createTopic("events");
    probe.send("events", "before the kill");
    System.out.println(probe.clusterId());
    System.out.flush();
    Runtime.getRuntime().halt(ChildJvm.KILLED);
  }
}
