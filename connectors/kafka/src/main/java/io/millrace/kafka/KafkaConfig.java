package io.millrace.kafka;

import io.millrace.security.KafkaSecurity;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * How the job reaches Kafka.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param propertiesFile how the job proves to Kafka who it is: a file of Kafka's settings {@code
 *     security.*}, {@code sasl.*} and {@code ssl.*}, at this path on the JobManager and all task
 *     managers; {@link KafkaSecurity#NONE} for plain text
 * @param consumerGroup under which offsets are committed, for monitoring; the job itself restores
 *     them from its checkpoints
 * @param transactionalIdPrefix names the job's transactions; two jobs on one cluster need two
 * @param transactionTimeout after which the broker gives up a transaction: longer than the longest
 *     outage of the job, or results that wait for their commit are lost; at most the broker's
 *     {@code transaction.max.timeout.ms}
 */
public record KafkaConfig(
    String bootstrapServers,
    String propertiesFile,
    String consumerGroup,
    String transactionalIdPrefix,
    Duration transactionTimeout) {

  public KafkaConfig {
    requireText("bootstrap-servers", bootstrapServers, "host:port[,host:port...]");
    requireText("properties-file", propertiesFile, "a properties file, or " + KafkaSecurity.NONE);
    requireText("consumer-group", consumerGroup, "a name");
    requireText("transactional-id-prefix", transactionalIdPrefix, "a name");
    if (transactionTimeout.toMillis() < 1000 || transactionTimeout.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "transaction-timeout: expected 1s to 24d, found " + transactionTimeout);
    }
  }

  /** A broker that asks for nothing. */
  public KafkaConfig(
      String bootstrapServers,
      String consumerGroup,
      String transactionalIdPrefix,
      Duration transactionTimeout) {
    this(
        bootstrapServers,
        KafkaSecurity.NONE,
        consumerGroup,
        transactionalIdPrefix,
        transactionTimeout);
  }

  /**
   * Checks, before a job is submitted, that its clients can be made.
   *
   * @throws IllegalArgumentException names the setting that stands against it
   */
  public void verifySecurity() {
    try {
      KafkaSecurity.of(propertiesFile).verify();
    } catch (IllegalArgumentException e) {
      throw refused(e);
    }
  }

  /**
   * The settings of a client, without any secret: they go into the job graph.
   *
   * @param own its own, which go over those of the file
   */
  Properties client(Map<String, String> own) {
    Properties client = new Properties();
    try {
      client.putAll(KafkaSecurity.of(propertiesFile).settings());
    } catch (IllegalArgumentException e) {
      throw refused(e);
    }
    client.putAll(own);
    client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return client;
  }

  private static IllegalArgumentException refused(IllegalArgumentException e) {
    return new IllegalArgumentException("kafka.properties-file: " + e.getMessage(), e);
  }

  private static void requireText(String key, String value, String expected) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(key + ": expected " + expected + ", found nothing");
    }
  }
}
