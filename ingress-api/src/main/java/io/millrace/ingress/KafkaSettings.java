package io.millrace.ingress;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.millrace.security.KafkaCluster;
import io.millrace.security.KafkaSecurity;
import java.time.Duration;

/**
 * {@code millrace.kafka.*}: the log that jobs are written to.
 *
 * @param bootstrapServers brokers to begin with, {@code host:port} separated by commas
 * @param propertiesFile how the API proves to Kafka who it is: a file of Kafka's settings {@code
 *     security.*}, {@code sasl.*} and {@code ssl.*}; {@link KafkaSecurity#NONE} for plain text
 * @param deliveryTimeout how long a submission waits for the acknowledgement before it is refused
 * @param maxBlock how long a thread may wait for metadata or for room in the send buffer
 * @param linger how long a record waits for others to share its batch
 * @param readSideGroup the consumer group that keeps the read side at what the topics say
 */
@ConfigurationProperties("millrace.kafka")
public record KafkaSettings(
    @Bindable(defaultValue = "localhost:9092") String bootstrapServers,
    @Bindable(defaultValue = KafkaSecurity.NONE) String propertiesFile,
    @Bindable(defaultValue = "10s") Duration deliveryTimeout,
    @Bindable(defaultValue = "500ms") Duration maxBlock,
    @Bindable(defaultValue = "1ms") Duration linger,
    @Bindable(defaultValue = "millrace-read-side") String readSideGroup) {

  private static final String PREFIX = "millrace.kafka.";

  /**
   * @throws IllegalArgumentException when a value is out of its range; says the key and the range
   */
  public KafkaSettings {
    Settings.present(
        PREFIX + "bootstrap-servers", bootstrapServers, "host:port, separated by commas");
    Settings.present(
        PREFIX + "properties-file", propertiesFile, "a properties file, or " + KafkaSecurity.NONE);
    Settings.between(
        PREFIX + "delivery-timeout", deliveryTimeout, Duration.ofSeconds(1), Duration.ofMinutes(2));
    Settings.between(PREFIX + "max-block", maxBlock, Duration.ofMillis(10), Duration.ofSeconds(5));
    Settings.between(PREFIX + "linger", linger, Duration.ZERO, Duration.ofMillis(500));
    Settings.present(PREFIX + "read-side-group", readSideGroup, "the name of a consumer group");
  }

  /**
   * Where Kafka is, and who the API is there.
   *
   * @throws IllegalArgumentException when the properties file cannot be used; says the key
   */
  KafkaCluster cluster() {
    try {
      return new KafkaCluster(bootstrapServers, KafkaSecurity.of(propertiesFile));
    } catch (IllegalArgumentException e) {
      throw refused(e);
    }
  }

  /**
   * Checks that clients can be made.
   *
   * @throws IllegalArgumentException says the key
   */
  void verifySecurity() {
    KafkaCluster cluster = cluster();
    try {
      cluster.security().verify();
    } catch (IllegalArgumentException e) {
      throw refused(e);
    }
  }

  private static IllegalArgumentException refused(IllegalArgumentException e) {
    // Without its cause, which says less of the key.
    return new IllegalArgumentException(PREFIX + "properties-file: " + e.getMessage());
  }
}
