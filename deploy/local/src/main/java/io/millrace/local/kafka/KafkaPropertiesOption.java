package io.millrace.local.kafka;

import io.millrace.local.terminal.CommandFailedException;
import io.millrace.security.KafkaCluster;
import io.millrace.security.KafkaSecurity;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command proves to Kafka who it is. */
public final class KafkaPropertiesOption {

  private static final String NAME = "--kafka-properties";

  @Option(
      names = NAME,
      paramLabel = "FILE",
      description =
          "Kafka's settings security.*, sasl.* and ssl.* for a secured broker, as a Java properties"
              + " file.")
  private @Nullable Path file;

  /**
   * The cluster at an address.
   *
   * @throws CommandFailedException when the file cannot be used; names what stands against it
   */
  public KafkaCluster cluster(String bootstrapServers) {
    try {
      KafkaSecurity security =
          file == null ? KafkaSecurity.none() : KafkaSecurity.of(file.toString());
      security.verify();
      return new KafkaCluster(bootstrapServers, security);
    } catch (IllegalArgumentException e) {
      throw new CommandFailedException(NAME + ": " + e.getMessage(), e);
    }
  }
}
