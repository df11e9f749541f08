package io.millrace.security;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Where Kafka is, and how its clients prove who they are.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 */
public record KafkaCluster(String bootstrapServers, KafkaSecurity security) {

  /** A broker that asks for nothing. */
  public static KafkaCluster plain(String bootstrapServers) {
    return new KafkaCluster(bootstrapServers, KafkaSecurity.none());
  }

  /** The settings of a client: its own, and those that every client of this cluster has. */
  public Map<String, Object> client(Map<String, ?> own) {
    Map<String, Object> client = new HashMap<>(security.settings());
    client.putAll(own);
    client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return client;
  }

  /** What may be shown. */
  @Override
  public String toString() {
    return bootstrapServers;
  }
}
