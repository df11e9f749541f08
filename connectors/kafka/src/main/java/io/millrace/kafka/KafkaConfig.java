package io.millrace.kafka;

import java.time.Duration;

/**
 * How the job reaches Kafka.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param consumerGroup under which offsets are committed, for monitoring; the job itself restores
 *     them from its checkpoints
 * @param transactionalIdPrefix names the job's transactions; two jobs on one cluster need two
 * @param transactionTimeout after which the broker gives up a transaction: longer than the longest
 *     outage of the job, or results that wait for their commit are lost; at most the broker's
 *     {@code transaction.max.timeout.ms}
 */
public record KafkaConfig(
    String bootstrapServers,
    String consumerGroup,
    String transactionalIdPrefix,
    Duration transactionTimeout) {

  public KafkaConfig {
    requireText("bootstrap-servers", bootstrapServers, "host:port[,host:port...]");
    requireText("consumer-group", consumerGroup, "a name");
    requireText("transactional-id-prefix", transactionalIdPrefix, "a name");
    if (transactionTimeout.toMillis() < 1000 || transactionTimeout.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "transaction-timeout: expected 1s to 24d, found " + transactionTimeout);
    }
  }

  private static void requireText(String key, String value, String expected) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(key + ": expected " + expected + ", found nothing");
    }
  }
}
