package io.millrace.local.topics;

import io.millrace.kafka.Topics;
import io.millrace.local.deadletters.BrokerOptions;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.Terminal;
import io.millrace.schemas.Topic;
import io.millrace.security.KafkaCluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace topics create}. */
@Command(
    name = "create",
    description =
        "Creates the topics that are missing, with their partitions, retention and size limits."
            + " Those that are there stay as they are.",
    sortOptions = false)
final class CreateCommand implements Callable<Integer> {

  @Option(
      names = "--replication-factor",
      paramLabel = "N",
      description = "Copies of each partition. Default: what the brokers say.")
  private @Nullable Short replication;

  @Mixin private BrokerOptions broker = new BrokerOptions();

  private final Terminal terminal;

  CreateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    KafkaCluster kafka = broker.cluster();
    try (Admin admin = Admin.create(kafka.client(Map.of()))) {
      List<String> created = Topics.create(admin, Topic.ALL, Optional.ofNullable(replication));
      created.stream().sorted().forEach(terminal::line);
      terminal.line(
          "%d of %d topics created at %s".formatted(created.size(), Topic.ALL.size(), kafka));
      return 0;
    } catch (KafkaException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }
}
